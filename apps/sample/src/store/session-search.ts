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
  /** How many were confirmed and have data that is still kept. */
  countConfirmed(query: SessionQuery): number;
}

export function createSessionSearch(database: DatabaseSync, seal: Seal): SessionSearch {
  return {
    page(query, page, size) {
      const { where, values } = conditionOf(query);
      const rows = database
        .prepare(`SELECT * FROM sessions WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`)
        .all(...values, size, (page - 1) * size);
      const counted = database.prepare(`SELECT count(*) AS total FROM sessions WHERE ${where}`).get(...values);
      return { sessions: rows.map((row) => sessionOf(row, seal)), total: Number(counted?.total) };
    },

    countConfirmed(query) {
      const { where, values } = confirmedOf(query);
      const counted = database.prepare(`SELECT count(*) AS total FROM sessions WHERE ${where}`).get(...values);
      return Number(counted?.total);
    },
  };
}

interface Condition {
  readonly where: string;
  readonly values: SQLInputValue[];
}

/** Sessions that can be exported: those that were confirmed and whose data is still kept. */
export function confirmedOf(query: SessionQuery): Condition {
  const { where, values } = conditionOf(query);
  return { where: `${where} AND state = 'confirmed' AND items IS NOT NULL`, values };
}

function conditionOf({ text, state }: SessionQuery): Condition {
  const part = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return {
    where: `(id LIKE ? ESCAPE '\\' OR reference LIKE ? ESCAPE '\\') AND (? = '' OR state = ?)`,
    values: [part, part, state ?? '', state ?? ''],
  };
}
