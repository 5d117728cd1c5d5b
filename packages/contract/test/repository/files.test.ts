import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFiles } from '../../src/repository/files.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'didit-write-'));
  await writeFile(join(directory, 'old.txt'), 'old');
});
afterEach(() => rm(directory, { recursive: true }));

test('files are replaced and made, and nothing else is left', async () => {
  await writeFiles(
    new Map([
      [join(directory, 'old.txt'), 'new'],
      [join(directory, 'made.txt'), 'made'],
    ]),
  );
  expect((await readdir(directory)).sort()).toEqual(['made.txt', 'old.txt']);
  expect(await readFile(join(directory, 'old.txt'), 'utf8')).toBe('new');
  expect(await readFile(join(directory, 'made.txt'), 'utf8')).toBe('made');
});

test('when one cannot be written, none is, and nothing is left behind', async () => {
  const files = new Map([
    [join(directory, 'old.txt'), 'new'],
    [join(directory, 'no-such-directory/file.txt'), 'text'],
  ]);
  await expect(writeFiles(files)).rejects.toThrow('ENOENT');
  expect(await readdir(directory)).toEqual(['old.txt']);
  expect(await readFile(join(directory, 'old.txt'), 'utf8')).toBe('old');
});
