import { setTimeout as sleep } from 'node:timers/promises';

/** SQLite's codes for busy, locked, input or output failed, disk full. */
const passing = [5, 6, 10, 13];

/** Whether the database cannot be used just now: another process has locked it, or the disk is full. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && passing.includes(Number(error.errcode) & 0xff);
}

/**
 * Runs work on the database. While the database is unavailable, tries again without blocking the app.
 *
 * @param signal ends the waiting; the work is then tried one last time
 * @throws {Error} what the last try threw
 */
export async function whenFree<Result>(work: () => Result, signal: AbortSignal): Promise<Result> {
  for (let pauseMs = 10; ; pauseMs = Math.min(pauseMs * 2, 500)) {
    try {
      return work();
    } catch (error) {
      if (signal.aborted || !isUnavailable(error)) throw error;
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
}
