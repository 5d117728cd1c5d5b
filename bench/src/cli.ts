// Measures the parts that are named, or all of them.
import { parseArgs } from 'node:util';
import { auth } from './auth/auth.ts';
import { client } from './client/client.ts';
import { prepare } from './generators.ts';
import { memory } from './memory/memory.ts';
import { mock } from './mock/mock.ts';
import { drawPictures } from './pictures/pictures.ts';
import { pipeline } from './pipeline/pipeline.ts';
import { thisMachine, versions } from './results/conditions.ts';
import { committed, keepResult, passing, readResults } from './results/file.ts';
import { goalsMarkdown, partMarkdown } from './results/markdown.ts';
import type { Part, PartOptions, PartResult } from './results/types.ts';
import { bundles } from './size/bundles.ts';
import { installs } from './size/installs.ts';
import { starts } from './size/starts.ts';
import { types } from './types/types.ts';

const parts: Readonly<Record<string, Part>> = { client, auth, mock, memory, size, types, pipeline };

const usage = `Usage: pnpm bench [${Object.keys(parts).join('|')}]... [--quick] [--with-tests]

Measures the named parts, or all of them, and writes bench/results.md and bench/results.json.

  --quick        few and short rounds, written to bench/reports/quick: to see that it works
  --with-tests   in the part "pipeline", also times the whole test run
`;

process.exitCode = await main();

/** Measures part by part, and keeps each result immediately. A part that fails does not stop the others. */
async function main(): Promise<number> {
  let chosen: readonly string[];
  let options: PartOptions;
  try {
    ({ chosen, options } = readArguments());
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    return 2;
  }
  const directory = options.quick ? passing : committed;
  let exitCode = 0;
  console.log('Installing the peers, and generating their clients.');
  await prepare();
  for (const [name, part] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    console.log(`\nMeasuring: ${name}\n`);
    try {
      const result = await measure(part, options);
      await keepResult(directory, name, result);
      console.log(partMarkdown(name, result));
    } catch (error) {
      console.error(`The part "${name}" failed; its older result stays. Once it is fixed: pnpm bench ${name}\n`, error);
      exitCode = 1;
    }
  }
  const results = await readResults(directory);
  await drawPictures(directory, results);
  console.log(`\n${goalsMarkdown(results)}\n\nWritten to ${directory}.`);
  if (!options.quick) console.log('Write the figures into the READMEs with: node bench/src/readme.ts');
  return exitCode;
}

function readArguments(): { chosen: readonly string[]; options: PartOptions } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, 'with-tests': { type: 'boolean', default: false } },
  });
  const unknown = positionals.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0) throw new Error(`There is no part "${unknown.join(', ')}".`);
  return { chosen: positionals, options: { quick: values.quick, withTests: values['with-tests'] } };
}

async function measure(part: Part, options: PartOptions): Promise<PartResult> {
  const startedAt = performance.now();
  const tables = await part(options);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  const takenOn = new Date().toISOString().slice(0, 10);
  return { takenOn, seconds, machine: thisMachine(), versions: await versions(), tables };
}

/** Measures what a way to call the service costs before its first call: in a bundle, on disk, at the start of a process. */
async function size({ quick }: PartOptions): ReturnType<Part> {
  return [await bundles(), await installs(), await starts(quick ? 3 : 21)];
}
