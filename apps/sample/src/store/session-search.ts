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

interface Condition {
  readonly where: string;
  readonly values: SQLInputValue[];
}

export type SessionSearch = ReturnType<typeof createSessionSearch>;

/** Finds sessions for operators. */
export function createSessionSearch(database: DatabaseSync, seal: Seal) {
  function count({ where, values }: Condition): number {
    return Number(database.prepare(`SELECT count(*) AS total FROM sessions WHERE ${where}`).get(...values)?.total);
  }

  return {
    /**
     * @param page from 1
     * @returns a page of the matching sessions, newest first, and how many match in all
     */
    page(query: SessionQuery, page: number, size: number): { sessions: readonly Session[]; total: number } {
      const { where, values } = conditionOf(query);
      const rows = database
        .prepare(`SELECT * FROM sessions WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`)
        .all(...values, size, (page - 1) * size);
      return { sessions: rows.map((row) => sessionOf(row, seal)), total: count({ where, values }) };
    },

    /** How many of the matching sessions can be exported. */
    countConfirmed: (query: SessionQuery) => count(confirmedOf(query)),
  };
}

/** Sessions that can be exported: confirmed ones whose data is still kept. */
export function confirmedOf(query: SessionQuery): Condition {
  const { where, values } = conditionOf(query);
  return { where: `${where} AND state = 'confirmed' AND items IS NOT NULL`, values };
}

function conditionOf({ text, state }: SessionQuery): Condition {
  const part = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return {
    where: `(id LIKE ? ESCAPE '\\' OR reference LIKE ? ESCAPE '\\') AND state = ifnull(?, state)`,
    values: [part, part, state ?? null],
  };
}
