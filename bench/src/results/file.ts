import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { toMarkdown } from './markdown.ts';
import type { PartResult, Results } from './types.ts';

/** The directory of the results that are committed. */
export const committed = fileURLToPath(new URL('../../', import.meta.url));

/** The directory of a quick run's results, which are not committed. */
export const passing = fileURLToPath(new URL('../../reports/quick/', import.meta.url));

/** Reads all results so far. */
export async function readResults(directory: string): Promise<Results> {
  const text = await readFile(`${directory}results.json`, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return JSON.parse(text);
}

/** Replaces one part's older result, so that a run that ends early loses nothing. */
export async function keepResult(directory: string, name: string, result: PartResult): Promise<void> {
  const results = { ...(await readResults(directory)), [name]: result };
  await mkdir(directory, { recursive: true });
  await writeFile(`${directory}results.json`, `${JSON.stringify(results, null, 1)}\n`);
  await writeFile(`${directory}results.md`, toMarkdown(results));
}
