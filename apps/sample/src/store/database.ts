import { closeSync, existsSync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isUnavailable } from './when-free.ts';

const schemaVersion = 3;

const schema = `
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    form TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL,
    asked TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    shared TEXT NOT NULL,
    link BLOB,
    items BLOB
  ) STRICT;
  CREATE INDEX sessions_by_age ON sessions (created_at DESC, id DESC);
  CREATE INDEX sessions_by_owner ON sessions (owner);

  CREATE TABLE exports (
    id TEXT PRIMARY KEY,
    form TEXT NOT NULL,
    format TEXT NOT NULL,
    masked INTEGER NOT NULL,
    query TEXT NOT NULL,
    total INTEGER NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    UNIQUE (form, format, masked)
  ) STRICT;
  CREATE TABLE export_rows (
    export_id TEXT NOT NULL REFERENCES exports (id) ON DELETE CASCADE,
    session_id TEXT NOT NULL,
    state TEXT NOT NULL,
    content BLOB,
    PRIMARY KEY (export_id, session_id)
  ) STRICT;
  CREATE INDEX export_rows_by_state ON export_rows (export_id, state);
`;

/**
 * Keeps other processes of the app away from a database for as long as the result is open: an exclusive lock on a file
 * beside it. The system releases the lock when the process ends, also when it is killed.
 *
 * @param path a file, or `:memory:`
 * @throws {Error} when another process has the lock
 */
export function takeLease(path: string): DatabaseSync {
  const lease = new DatabaseSync(path === ':memory:' ? path : `${fileAt(path)}.lock`, { timeout: 0 });
  try {
    lease.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE');
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    throw new Error('Another process uses this database. Stop that process, or name another file in SAMPLE_DATABASE.');
  }
  return lease;
}

/**
 * Opens the file. If it does not exist, creates it, readable by this user alone.
 *
 * @param path a file, or `:memory:`
 * @throws {Error} when another version of the app wrote the file
 */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path === ':memory:' ? path : fileAt(path), { timeout: 5_000 });
  // secure_delete overwrites deleted content, or it would stay in the file.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;');
  const found = database.prepare('PRAGMA user_version').get()?.user_version;
  if (found === 0) {
    database.exec(`BEGIN; ${schema} PRAGMA user_version = ${schemaVersion}; COMMIT;`);
  } else if (found !== schemaVersion) {
    database.close();
    throw new Error(
      `The database has version ${found}, but this app needs ${schemaVersion}. Name another file in SAMPLE_DATABASE.`,
    );
  }
  database.exec('PRAGMA busy_timeout = 0'); // SQLite's own waiting would block the whole app: see when-free.ts
  return database;
}

/** Does all of the work or none of it. */
export function transaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK'); // when the disk is full, SQLite has already done so
    throw error;
  }
}

/** @returns the path without symbolic links, so that one file has one lock */
function fileAt(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  return realpathSync(path);
}
