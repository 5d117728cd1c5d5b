import type { DatabaseSync } from 'node:sqlite';

/** How long things are kept, in milliseconds. */
export interface Retention {
  /** What was shared, and the reference: from the end of the session. */
  readonly dataMs: number;
  /** The session itself, which is no longer anybody's then: from its beginning. */
  readonly sessionMs: number;
  /** Files made for operators: from when they were asked for. */
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
  database.exec('BEGIN IMMEDIATE');
  try {
    // Personal data may also be in a file that was made for an operator later on.
    run('DELETE FROM export_rows WHERE session_id IN (SELECT id FROM sessions WHERE ended_at <= ?)', now - dataMs);
    const swept = {
      data: run(
        `UPDATE sessions SET items = NULL, reference = '', version = version + 1
         WHERE ended_at <= ? AND (items IS NOT NULL OR reference <> '')`,
        now - dataMs,
      ),
      sessions: run('DELETE FROM sessions WHERE ended_at IS NOT NULL AND created_at <= ?', now - sessionMs),
      exports: run('DELETE FROM exports WHERE created_at <= ?', now - exportMs),
    };
    database.exec('COMMIT');
    if (swept.data + swept.sessions + swept.exports > 0) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return swept;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
