import type { DatabaseSync } from 'node:sqlite';
import { transaction } from './database.ts';

/**
 * Deletes what was kept for long enough, and leaves no copy of it in the database's files.
 *
 * @param dataMs how long to keep shared data and the reference, from the end of the session
 * @param sessionMs how long to keep the rest of an ended session, from its beginning
 * @param exportMs how long to keep an operator's file, from when it is finished
 */
export function sweep(database: DatabaseSync, now: number, dataMs: number, sessionMs: number, exportMs: number): void {
  const run = (sql: string, before: number) => database.prepare(sql).run(before);
  transaction(database, () => {
    // A file that an operator made later also contains the data.
    run('DELETE FROM export_rows WHERE session_id IN (SELECT id FROM sessions WHERE ended_at <= ?)', now - dataMs);
    run(
      `UPDATE sessions SET items = NULL, reference = '', version = version + 1
       WHERE ended_at <= ? AND (items IS NOT NULL OR reference <> '')`,
      now - dataMs,
    );
    run('DELETE FROM sessions WHERE ended_at IS NOT NULL AND created_at <= ?', now - sessionMs);
    run('DELETE FROM exports WHERE finished_at <= ?', now - exportMs);
  });
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)'); // always: a reader may have stopped the last one
}
