import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Session, State } from '../session.ts';
import type { Seal } from './seal.ts';
import { sessionOf } from './session-store.ts';

/** What an operator looks for. */
export interface SessionQuery {
  /** A part of the session's id or of the reference. Empty: all. */
  readonly text: string;
  readonly state?: State | undefined;
}

export interface SessionPage {
  /** Newest first. */
  readonly sessions: readonly Session[];
  /** How many match in all. */
  readonly total: number;
}

/** What operators ask of the sessions. */
export interface SessionSearch {
  /** @param page from 1 */
  page(query: SessionQuery, page: number, size: number): SessionPage;
  /** Ids of the sessions that were confirmed and whose data is still kept, newest first. */
  confirmedIds(query: SessionQuery): readonly string[];
}

export function createSessionSearch(database: DatabaseSync, seal: Seal): SessionSearch {
  return {
    page(query, page, size) {
      const { where, values } = conditionOf(query);
      const rows = database
        .prepare(`SELECT * FROM sessions WHERE ${where} ORDER BY created_at DESC, id LIMIT ? OFFSET ?`)
        .all(...values, size, (page - 1) * size);
      const counted = database.prepare(`SELECT count(*) AS total FROM sessions WHERE ${where}`).get(...values);
      return { sessions: rows.map((row) => sessionOf(row, seal)), total: Number(counted?.total) };
    },

    confirmedIds(query) {
      const { where, values } = conditionOf(query);
      const rows = database
        .prepare(
          `SELECT id FROM sessions WHERE ${where} AND state = 'confirmed' AND items IS NOT NULL ORDER BY created_at DESC, id`,
        )
        .all(...values);
      return rows.map(({ id }) => String(id));
    },
  };
}

function conditionOf({ text, state }: SessionQuery): { where: string; values: SQLInputValue[] } {
  const part = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return {
    where: `(id LIKE ? ESCAPE '\\' OR reference LIKE ? ESCAPE '\\') AND (? = '' OR state = ?)`,
    values: [part, part, state ?? '', state ?? ''],
  };
}
