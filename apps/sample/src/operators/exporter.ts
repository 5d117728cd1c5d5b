import type { DecisionResult, DiditClient } from '@didit-data/client';
import { logLine } from '../failure.ts';
import type { Changes } from '../flow/changes.ts';
import { outcomeOf } from '../flow/outcome.ts';
import type { ExportStore, NewExport } from '../store/export-store.ts';
import type { SessionStore } from '../store/session-store.ts';
import { whenFree } from '../store/when-free.ts';
import type { ExportRow } from './export-file.ts';
import { maskItem } from './mask.ts';

/** Retrieves the decisions that operators ask for, in the background. */
export interface Exporter {
  /** Starts an export. The same form twice starts one. @returns its id */
  start(request: NewExport): string;
  /** Goes on with the exports that were running when the app last ended. */
  resume(): void;
  /** Ends the work; what is left to do is done after the next start. */
  stop(): Promise<void>;
}

interface ExporterOptions {
  readonly didit: DiditClient;
  readonly sessions: SessionStore;
  readonly exports: ExportStore;
  readonly changes: Changes;
  readonly log: (entry: string) => void;
}

export function createExporter({ didit, sessions, exports, changes, log }: ExporterOptions): Exporter {
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  const { signal } = stopping;

  async function run(id: string): Promise<void> {
    const isMasked = exports.find(id)?.isMasked ?? true;
    try {
      for await (const result of didit.sessions.decisions(exports.pendingSessionIds(id), { signal })) {
        if (result.error) log(`export ${logLine(result.error)}`);
        const row = rowOf(result, isMasked);
        await whenFree(() => exports.settle(id, result.session_id, row), signal);
        changes.tell(id);
      }
      await whenFree(() => exports.finish(id, 'done'), signal);
    } catch (error) {
      if (signal.aborted) return;
      log(`export ${logLine(error)}`);
      await whenFree(() => exports.finish(id, 'failed'), signal);
    }
    changes.tell(id);
  }

  /** The decision as it is now, and as fit for a file as for the person's own page. */
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
      .catch((error: unknown) => log(`export ${logLine(error)}`)) // the database: the next start goes on with it
      .finally(() => running.delete(work));
    running.add(work);
  }

  return {
    start(request) {
      const { id, isNew } = exports.add(request);
      if (isNew) begin(id);
      return id;
    },
    resume() {
      for (const id of exports.runningIds()) begin(id);
    },
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
