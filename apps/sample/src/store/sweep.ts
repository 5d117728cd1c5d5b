import type { DatabaseSync } from 'node:sqlite';
import { transaction } from './transaction.ts';

/** How long things are kept, in milliseconds. */
export interface Retention {
  /** What was shared, and the reference: from the end of the session. */
  readonly dataMs: number;
  /** The session itself, which is no longer anybody's then: from its beginning. */
  readonly sessionMs: number;
  /** Files made for operators: from when they are finished. */
  readonly exportMs: number;
}

/** How many of each were deleted. */
export interface Swept {
  readonly data: number;
  readonly sessions: number;
  readonly exports: number;
}

/** Deletes what has been kept for long enough, and leaves no copy of it in the database's files. */
export function sweep(database: DatabaseSync, retention: Retention, now: number): Swept {
  const { dataMs, sessionMs, exportMs } = retention;
  const run = (sql: string, before: number) => Number(database.prepare(sql).run(before).changes);
  const swept = transaction(database, () => {
    // Personal data may also be in a file that was made for an operator later on.
    run('DELETE FROM export_rows WHERE session_id IN (SELECT id FROM sessions WHERE ended_at <= ?)', now - dataMs);
    return {
      data: run(
        `UPDATE sessions SET items = NULL, reference = '', version = version + 1
         WHERE ended_at <= ? AND (items IS NOT NULL OR reference <> '')`,
        now - dataMs,
      ),
      sessions: run('DELETE FROM sessions WHERE ended_at IS NOT NULL AND created_at <= ?', now - sessionMs),
      exports: run('DELETE FROM exports WHERE finished_at <= ?', now - exportMs),
    };
  });
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)'); // also without news: the last one may have found a reader
  return swept;
}
