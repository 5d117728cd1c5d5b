import type { DecisionResult } from '@didit-data/client';
import { logLine } from '../failure.ts';
import type { Core } from '../flow/core.ts';
import { outcomeOf } from '../flow/outcome.ts';
import { maskItem } from '../flow/shared-items.ts';
import type { ExportRow, NewExport } from '../store/export-store.ts';
import { whenFree } from '../store/when-free.ts';

export type Exporter = ReturnType<typeof createExporter>;

/** Retrieves the decisions that operators ask for, in the background. */
export function createExporter({ didit, sessions, exports, changes, log, closing: signal }: Core) {
  const running = new Set<Promise<void>>();

  async function run(id: string): Promise<void> {
    const isMasked = exports.find(id)?.isMasked ?? true;
    try {
      for await (const result of didit.sessions.decisions(exports.pendingSessionIds(id), { signal })) {
        if (result.error) log(`export ${logLine(result.error)}`);
        const row = rowOf(result, isMasked);
        await whenFree(() => exports.settle(id, result.session_id, row), signal);
        changes.notify(id);
      }
      await whenFree(() => exports.finish(id, 'done'), signal);
    } catch (error) {
      if (signal.aborted) return;
      log(`export ${logLine(error)}`);
      await whenFree(() => exports.finish(id, 'failed'), signal);
    }
    changes.notify(id);
  }

  /** The same rules decide what goes into the file and what the person's own page shows. */
  function rowOf({ session_id, decision }: DecisionResult, isMasked: boolean): ExportRow | undefined {
    const session = sessions.find(session_id);
    if (!session || !decision) return undefined;
    const outcome = outcomeOf(session, decision);
    if (outcome.state !== 'confirmed') return undefined;
    return {
      session_id,
      reference: session.reference,
      confirmed_at: new Date(session.endedAt ?? session.createdAt).toISOString(),
      items: isMasked ? outcome.items.map(maskItem) : outcome.items,
    };
  }

  function begin(id: string): void {
    const work = run(id)
      .catch((error: unknown) => log(`export ${logLine(error)}`)) // the database failed: the next start continues
      .finally(() => running.delete(work));
    running.add(work);
  }

  return {
    /** Starts an export. The same form sent twice starts one. @returns its id */
    start(request: NewExport): string {
      const { id, isNew } = exports.add(request);
      if (isNew) begin(id);
      return id;
    },

    /** Continues with the exports that were running when the app last ended. */
    resume(): void {
      for (const id of exports.runningIds()) begin(id);
    },

    /** Waits until the work has ended; the next start does what is left. */
    async stop(): Promise<void> {
      await Promise.all(running);
    },
  };
}
