import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { SharedItem } from '../session.ts';
import type { Seal } from './seal.ts';
import { confirmedOf, type SessionQuery } from './session-search.ts';

export type ExportFormat = 'csv' | 'ndjson';

/** What an operator asks for. */
export interface NewExport {
  /** The id of the form: one form makes one file of each kind, however often it is sent. */
  readonly form: string;
  readonly format: ExportFormat;
  readonly isMasked: boolean;
  /** The file contains the sessions that this finds and that are confirmed now. */
  readonly query: SessionQuery;
}

/** A file that is being made, or is ready. */
export interface Export extends Omit<NewExport, 'form' | 'query'> {
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly createdAt: number;
  readonly total: number;
  /** How many rows are written. */
  readonly written: number;
  /** How many decisions could not be retrieved or used: the file does not contain them. */
  readonly failed: number;
}

/** One confirmed decision in a file. */
export interface ExportRow {
  readonly session_id: string;
  readonly reference: string;
  /** ISO 8601. */
  readonly confirmed_at: string;
  readonly items: readonly SharedItem[];
}

/** How many rows are read at a time: one can have 256 kB. */
const pageSize = 50;

export type ExportStore = ReturnType<typeof createExportStore>;

/** The exports in the database, with a sealed row for each decision, so that a restart continues where it stopped. */
export function createExportStore(database: DatabaseSync, seal: Seal, now: () => number = Date.now) {
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
    /** @returns the id of the file that the same form has asked for before, or of a new one */
    add({ form, format, isMasked, query }: NewExport): { id: string; isNew: boolean } {
      const found = byForm.get(form, format, Number(isMasked));
      if (found) return { id: String(found.id), isNew: false };
      const id = randomUUID();
      const { where, values } = confirmedOf(query);
      database
        .prepare(`
          INSERT INTO exports (id, form, format, masked, query, state, created_at, total)
          SELECT ?, ?, ?, ?, ?, 'running', ?, count(*) FROM sessions WHERE ${where}`)
        .run(id, form, format, Number(isMasked), JSON.stringify(query), now(), ...values);
      return { id, isNew: true };
    },

    find(id: string): Export | undefined {
      const row = byId.get(id);
      if (!row) return undefined;
      return {
        id,
        format: row.format as ExportFormat,
        isMasked: row.masked === 1,
        state: row.state as Export['state'],
        createdAt: Number(row.created_at),
        total: Number(row.total),
        written: Number(row.written),
        failed: Number(row.failed),
      };
    },

    runningIds: () => running.all().map(({ id }) => String(id)),

    /** Sessions whose decisions are not retrieved yet, newest first; read from the database a few at a time. */
    *pendingSessionIds(id: string): Generator<string> {
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

    /** @param row undefined when the decision could not be retrieved or used */
    settle(id: string, sessionId: string, row: ExportRow | undefined): void {
      const content = row ? seal.close(row, columnOf(id, sessionId)) : null;
      setRow.run(id, sessionId, row ? 'written' : 'failed', content);
    },

    finish(id: string, state: 'done' | 'failed'): void {
      setState.run(state, now(), id);
    },

    /** The written rows, in the order in which they came; read from the database a few at a time. */
    *pages(id: string): Generator<readonly ExportRow[]> {
      for (let last: number | undefined = 0; last !== undefined; ) {
        const page = written.all(id, last);
        yield page.flatMap(({ session_id, content }) => {
          const row = seal.open(content as Uint8Array, columnOf(id, String(session_id)));
          return row === undefined ? [] : [row as ExportRow];
        });
        last = page.at(-1)?.rowid as number | undefined;
      }
    },
  };
}

function columnOf(id: string, sessionId: string): string {
  return `export_rows.content ${id} ${sessionId}`;
}
