import { parseArgs } from 'node:util';
import { parts } from './parts.ts';
import { drawPictures } from './pictures/pictures.ts';
import { prepare } from './prepare.ts';
import { committed, keepResult, passing, readResults } from './results/file.ts';
import { thisMachine } from './results/machine.ts';
import { goalsMarkdown, partMarkdown } from './results/markdown.ts';
import type { Part, PartOptions, PartResult } from './results/types.ts';
import { versions } from './results/versions.ts';

const usage = `Usage: pnpm bench [${Object.keys(parts).join('|')}]... [--quick] [--with-tests]

Measures the named parts, or all of them, and writes bench/results.md and bench/results.json.

  --quick        few and short rounds, written to bench/reports/quick: to see that it works
  --with-tests   times the whole test run too, in the part "pipeline"
`;

const { chosen, options } = readArguments();

function readArguments(): { chosen: readonly string[]; options: PartOptions } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { quick: { type: 'boolean', default: false }, 'with-tests': { type: 'boolean', default: false } },
    });
    const unknown = positionals.filter((name) => !Object.hasOwn(parts, name));
    if (unknown.length > 0) throw new Error(`There is no part "${unknown.join(', ')}".`);
    return { chosen: positionals, options: { quick: values.quick, withTests: values['with-tests'] } };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

/** Measures part by part. Each is kept as soon as it is done, and one that fails takes none of the others with it. */
async function main(): Promise<void> {
  const directory = options.quick ? passing : committed;
  console.log('Installing and generating what is measured beside ours.');
  await prepare();
  for (const [name, part] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    console.log(`\nMeasuring: ${name}\n`);
    try {
      const result = await measure(part);
      await keepResult(directory, name, result);
      console.log(partMarkdown(name, result));
    } catch (error) {
      console.error(`The part "${name}" failed; its older result stays. Once mended: pnpm bench ${name}\n`, error);
      process.exitCode = 1;
    }
  }
  const results = await readResults(directory);
  await drawPictures(directory, results);
  console.log(`\n${goalsMarkdown(results)}\n\nWritten to ${directory}.`);
  if (!options.quick) console.log('Write the figures into the READMEs with: node bench/src/readme.ts');
}

async function measure(part: Part): Promise<PartResult> {
  const startedAt = performance.now();
  const tables = await part(options);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  const takenOn = new Date().toISOString().slice(0, 10);
  return { takenOn, seconds, machine: thisMachine(), versions: await versions(), tables };
}

await main();
