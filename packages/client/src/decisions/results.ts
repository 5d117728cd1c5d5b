import { unlessAborted } from '../http/abort.ts';
import type { Pause } from './pause.ts';
import type { Source } from './source.ts';

interface ResultsOptions {
  /** How many items are in work, or finished and not yet returned, at a time. */
  readonly concurrency: number;
  readonly pause: Pause;
  readonly signal: AbortSignal;
}

/** Reads items from the source while `concurrency` allows, and returns their results as they arrive. */
export function createResults<Result>(
  source: Source,
  work: (item: unknown) => Promise<Result>,
  { concurrency, pause, signal }: ResultsOptions,
): { next(): Promise<Result | undefined> } {
  const finished: Result[] = [];
  let running = 0;
  let state = 'idle' as 'idle' | 'filling' | 'ended';
  let failure: { readonly error: unknown } | undefined;
  let wake = () => {};

  async function fill(): Promise<void> {
    if (state !== 'idle') return;
    state = 'filling';
    try {
      while (running + finished.length < concurrency) {
        await pause.over();
        const taken = await source.next();
        if (!taken || signal.aborted) {
          state = 'ended';
          return;
        }
        running += 1;
        work(taken.item).then((result) => {
          running -= 1;
          finished.push(result);
          wake();
        });
      }
      state = 'idle';
    } catch (error) {
      state = 'ended';
      failure = { error };
    } finally {
      wake();
    }
  }

  return {
    /**
     * @returns the next result, or nothing after the last
     * @throws what the source threw, after the last result
     */
    async next() {
      for (;;) {
        signal.throwIfAborted();
        const result = finished.shift();
        fill();
        if (result) return result;
        if (state === 'ended' && running === 0) {
          if (failure) throw failure.error;
          return undefined;
        }
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await unlessAborted(woken, signal);
      }
    },
  };
}
