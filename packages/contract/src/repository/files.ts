import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces files as one: all are written beside their places first, then moved there. When writing fails, nothing has
 * changed and nothing is left behind.
 *
 * @param files text by absolute path
 */
export async function writeFiles(files: ReadonlyMap<string, string>): Promise<void> {
  const moves = [...files].map(([file, text]) => ({
    file,
    text,
    draft: join(dirname(file), `.${basename(file)}.${process.pid}.draft`),
  }));
  try {
    await Promise.all(moves.map(({ draft, text }) => writeFile(draft, text)));
    for (const { draft, file } of moves) await rename(draft, file);
  } catch (error) {
    await Promise.all(moves.map(({ draft }) => rm(draft, { force: true })));
    throw error;
  }
}
