import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** @returns the path of a database that is gone after the test */
export async function temporaryDatabase(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'didit-data sample '));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return join(directory, 'data', 'sample.db');
}
