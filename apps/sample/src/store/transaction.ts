import type { DatabaseSync } from 'node:sqlite';

/** Does all of the work or none of it. */
export function transaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK'); // SQLite may have done so itself, on a full disk for example
    throw error;
  }
}
