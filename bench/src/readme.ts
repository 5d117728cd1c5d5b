// Writes the measured figures into results.md and the marked sections of the READMEs; `--check` fails where they differ.
import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rootDirectory } from './paths.ts';
import { committed, readResults } from './results/file.ts';
import { toMarkdown } from './results/markdown.ts';
import { withFigures } from './results/sections.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  const { check } = parseArgs({ options: { check: { type: 'boolean', default: false } } }).values;

  const results = await readResults(committed);
  const expected = new Map([['bench/results.md', toMarkdown(results)]]);
  for await (const file of glob(['*.md', 'bench/README.md', '{packages,apps}/*/README.md'], { cwd: rootDirectory })) {
    const text = await readFile(join(rootDirectory, file), 'utf8');
    expected.set(file, withFigures(text, results));
  }

  const stale: string[] = [];
  for (const [file, text] of expected) {
    const path = join(rootDirectory, file);
    if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
    stale.push(file);
    if (!check) await writeFile(path, text);
  }
  if (check && stale.length > 0) {
    process.stderr.write(
      `These files differ from bench/results.json: ${stale.join(', ')}. Run: node bench/src/readme.ts\n`,
    );
    return 1;
  }

  const done = check
    ? 'All figures are those of bench/results.json.'
    : `Written: ${stale.join(', ') || 'nothing new'}.`;
  process.stdout.write(`${done}\n`);
  return 0;
}
