import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFiles } from '../../src/repository/files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'didit-write-'));
  await writeFile(join(folder, 'old.txt'), 'old');
});
afterEach(() => rm(folder, { recursive: true }));

test('files are replaced and made, and nothing else is left', async () => {
  await writeFiles(
    new Map([
      [join(folder, 'old.txt'), 'new'],
      [join(folder, 'made.txt'), 'made'],
    ]),
  );
  expect((await readdir(folder)).sort()).toEqual(['made.txt', 'old.txt']);
  expect(await readFile(join(folder, 'old.txt'), 'utf8')).toBe('new');
  expect(await readFile(join(folder, 'made.txt'), 'utf8')).toBe('made');
});

test('when one cannot be written, none is, and nothing is left behind', async () => {
  const files = new Map([
    [join(folder, 'old.txt'), 'new'],
    [join(folder, 'no-such-folder/file.txt'), 'text'],
  ]);
  await expect(writeFiles(files)).rejects.toThrow('ENOENT');
  expect(await readdir(folder)).toEqual(['old.txt']);
  expect(await readFile(join(folder, 'old.txt'), 'utf8')).toBe('old');
});
