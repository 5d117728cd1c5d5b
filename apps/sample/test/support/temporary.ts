import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** @returns the path of a database that is removed after the test */
export async function temporaryDatabase(): Promise<string> {
  const directory = await mkdtempDisposable(join(tmpdir(), 'didit-data sample '));
  onTestFinished(() => directory.remove());
  return join(directory.path, 'data', 'sample.db');
}
