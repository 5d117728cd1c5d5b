import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { ExportFormat, ExportRow } from '../operators/export-file.ts';
import type { Seal } from './seal.ts';
import { confirmedOf, type SessionQuery } from './session-search.ts';

type ExportState = 'running' | 'done' | 'failed';

/** What an operator has asked for. */
export interface NewExport {
  /** The id of the form that asked: one form makes one file of each kind, however often it is sent. */
  readonly form: string;
  readonly format: ExportFormat;
  readonly isMasked: boolean;
  /** Of the sessions that it finds, those are exported that are confirmed by now. */
  readonly query: SessionQuery;
}

/** A file in the making, or made. */
export interface Export extends Omit<NewExport, 'form' | 'query'> {
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
  /** @returns the id of the file that the same form has asked for before, or else of a new one */
  add(request: NewExport): { readonly id: string; readonly isNew: boolean };
  find(id: string): Export | undefined;
  runningIds(): readonly string[];
  /** Sessions whose decisions are still to be retrieved, newest first; read from the database a few at a time. */
  pendingSessionIds(id: string): Iterable<string>;
  /** @param row undefined when there is none to write */
  settle(id: string, sessionId: string, row: ExportRow | undefined): void;
  finish(id: string, state: Exclude<ExportState, 'running'>): void;
  /** The rows that are written, in the order in which they came; read from the database a few at a time. */
  pages(id: string): Iterable<readonly ExportRow[]>;
}

/** How many rows are read at a time: one can have 256 kB. */
const pageSize = 50;

export function createExportStore(database: DatabaseSync, seal: Seal, now: () => number = Date.now): ExportStore {
  const byForm = database.prepare('SELECT id FROM exports WHERE form = ? AND format = ? AND masked = ?');
  const byId = database.prepare(`
    SELECT e.*, total(r.state = 'written') AS written, total(r.state = 'failed') AS failed
    FROM exports e LEFT JOIN export_rows r ON r.export_id = e.id WHERE e.id = ? GROUP BY e.id`);
  const running = database.prepare("SELECT id FROM exports WHERE state = 'running' ORDER BY created_at");
  const setRow = database.prepare(
    'INSERT OR REPLACE INTO export_rows (export_id, session_id, state, content) VALUES (?, ?, ?, ?)',
  );
  const setState = database.prepare('UPDATE exports SET state = ?, finished_at = ? WHERE id = ?');
  const written = database.prepare(`
    SELECT rowid, session_id, content FROM export_rows
    WHERE export_id = ? AND state = 'written' AND rowid > ? ORDER BY rowid LIMIT ${pageSize}`);

  return {
    add({ form, format, isMasked, query }) {
      const found = byForm.get(form, format, isMasked ? 1 : 0);
      if (found) return { id: String(found.id), isNew: false };
      const id = randomUUID();
      const { where, values } = confirmedOf(query);
      database
        .prepare(`
          INSERT INTO exports (id, form, format, masked, query, state, created_at, total)
          SELECT ?, ?, ?, ?, ?, 'running', ?, count(*) FROM sessions WHERE ${where}`)
        .run(id, form, format, isMasked ? 1 : 0, JSON.stringify(query), now(), ...values);
      return { id, isNew: true };
    },

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

    *pendingSessionIds(id) {
      const found = byId.get(id);
      if (!found) return;
      const { where, values } = confirmedOf(JSON.parse(String(found.query)));
      const next = database.prepare(`
        SELECT id, created_at FROM sessions WHERE ${where} AND ended_at <= ? AND (created_at, id) < (?, ?)
        AND NOT EXISTS (SELECT 1 FROM export_rows r WHERE r.export_id = ? AND r.session_id = sessions.id)
        ORDER BY created_at DESC, id DESC LIMIT ${pageSize}`);
      let before: readonly [number, string] = [Number.MAX_SAFE_INTEGER, ''];
      for (;;) {
        const page = next.all(...values, found.created_at ?? 0, ...before, id);
        for (const session of page) yield String(session.id);
        const last = page.at(-1);
        if (!last) return;
        before = [Number(last.created_at), String(last.id)];
      }
    },

    settle(id, sessionId, row) {
      const content = row ? seal.close(row, placeOf(id, sessionId)) : null;
      setRow.run(id, sessionId, row ? 'written' : 'failed', content);
    },
    finish: (id, state) => {
      setState.run(state, now(), id);
    },

    *pages(id) {
      for (let last: number | undefined = 0; last !== undefined; ) {
        const page = written.all(id, last);
        yield page.flatMap(({ session_id, content }) => {
          const row = seal.open(content as Uint8Array, placeOf(id, String(session_id)));
          return row === undefined ? [] : [row as ExportRow];
        });
        last = page.at(-1)?.rowid as number | undefined;
      }
    },
  };
}

function placeOf(id: string, sessionId: string): string {
  return `export_rows.content ${id} ${sessionId}`;
}
