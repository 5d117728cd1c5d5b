import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GeneratedFiles } from './generate.ts';

/**
 * Compares freshly generated files with a directory.
 *
 * @param whose whether the directory holds generated files alone, or others as well. Default: `alone`.
 * @returns one line for each file that is missing, differs or does not belong there; none when the directory is up to
 * date
 */
export async function findDrift(
  expected: GeneratedFiles,
  directory: string,
  whose: 'alone' | 'among others' = 'alone',
): Promise<string[]> {
  const present = whose === 'alone' ? await readdir(directory).catch(() => []) : [];
  const foreign = present.filter((name) => !expected.has(name)).map((name) => `${name}: does not belong here`);
  const drifted = await Promise.all(
    [...expected].map(async ([name, text]) => {
      const actual = await readFile(join(directory, name), 'utf8').catch(() => undefined);
      if (actual === undefined) return `${name}: missing`;
      return actual.replaceAll('\r\n', '\n') === text ? undefined : `${name}: differs from the contract`;
    }),
  );
  return [...foreign, ...drifted.filter((line) => line !== undefined)].sort();
}
