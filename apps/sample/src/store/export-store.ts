import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { ExportFormat, ExportRow } from '../operators/export-file.ts';
import type { Seal } from './seal.ts';
import { transaction } from './transaction.ts';

type ExportState = 'running' | 'done' | 'failed';

/** What an operator has asked for. */
export interface NewExport {
  /** The id of the form that asked: one form makes one file of each kind, however often it is sent. */
  readonly form: string;
  readonly format: ExportFormat;
  readonly isMasked: boolean;
  readonly sessionIds: readonly string[];
}

/** A file in the making, or made. */
export interface Export extends Omit<NewExport, 'form' | 'sessionIds'> {
  readonly id: string;
  readonly state: ExportState;
  readonly createdAt: number;
  readonly total: number;
  /** Rows that are written. */
  readonly written: number;
  /** Decisions that could not be retrieved, or were not what they should be: they are not in the file. */
  readonly failed: number;
}

/** Where exports are kept, a sealed row for each decision: a restart goes on where it was. */
export interface ExportStore {
  add(request: NewExport): string;
  /** @returns the id of the file that was made when the same form asked for the same kind before */
  startedBy(request: Pick<NewExport, 'form' | 'format' | 'isMasked'>): string | undefined;
  find(id: string): Export | undefined;
  runningIds(): readonly string[];
  /** Sessions whose decisions are still to be retrieved. */
  pendingSessionIds(id: string): readonly string[];
  /** @param row undefined when there is none to write */
  settle(id: string, sessionId: string, row: ExportRow | undefined): void;
  finish(id: string, state: Exclude<ExportState, 'running'>): void;
  rows(id: string): readonly ExportRow[];
}

export function createExportStore(database: DatabaseSync, seal: Seal, now: () => number = Date.now): ExportStore {
  const insert = database.prepare(
    'INSERT INTO exports (id, form, format, masked, state, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const byForm = database.prepare('SELECT id FROM exports WHERE form = ? AND format = ? AND masked = ?');
  const insertRow = database.prepare("INSERT INTO export_rows (export_id, session_id, state) VALUES (?, ?, 'waiting')");
  const byId = database.prepare(`
    SELECT e.*, count(r.session_id) AS total, total(r.state = 'written') AS written, total(r.state = 'failed') AS failed
    FROM exports e LEFT JOIN export_rows r ON r.export_id = e.id WHERE e.id = ? GROUP BY e.id`);
  const running = database.prepare("SELECT id FROM exports WHERE state = 'running' ORDER BY created_at");
  const pending = database.prepare("SELECT session_id FROM export_rows WHERE export_id = ? AND state = 'waiting'");
  const setRow = database.prepare(
    'UPDATE export_rows SET state = ?, content = ? WHERE export_id = ? AND session_id = ?',
  );
  const setState = database.prepare('UPDATE exports SET state = ?, finished_at = ? WHERE id = ?');
  const written = database.prepare(`
    SELECT r.session_id, r.content FROM export_rows r JOIN sessions s ON s.id = r.session_id
    WHERE r.export_id = ? AND r.state = 'written' ORDER BY s.created_at DESC, s.id`);

  return {
    add({ form, format, isMasked, sessionIds }) {
      const id = randomUUID();
      transaction(database, () => {
        insert.run(id, form, format, isMasked ? 1 : 0, 'running', now());
        for (const sessionId of sessionIds) insertRow.run(id, sessionId);
      });
      return id;
    },

    startedBy: ({ form, format, isMasked }) =>
      (byForm.get(form, format, isMasked ? 1 : 0) as { id: string } | undefined)?.id,

    find(id) {
      const row = byId.get(id);
      if (!row) return undefined;
      return {
        id,
        format: row.format as ExportFormat,
        isMasked: row.masked === 1,
        state: row.state as ExportState,
        createdAt: Number(row.created_at),
        total: Number(row.total),
        written: Number(row.written),
        failed: Number(row.failed),
      };
    },

    runningIds: () => running.all().map(({ id }) => String(id)),
    pendingSessionIds: (id) => pending.all(id).map(({ session_id }) => String(session_id)),
    settle(id, sessionId, row) {
      const content = row ? seal.close(row, placeOf(id, sessionId)) : null;
      setRow.run(row ? 'written' : 'failed', content, id, sessionId);
    },
    finish: (id, state) => {
      setState.run(state, now(), id);
    },
    rows: (id) =>
      written.all(id).flatMap(({ session_id, content }) => {
        const row = seal.open(content as Uint8Array, placeOf(id, String(session_id)));
        return row === undefined ? [] : [row as ExportRow];
      }),
  };
}

function placeOf(id: string, sessionId: string): string {
  return `export_rows.content ${id} ${sessionId}`;
}
