import { mkdir, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { generatedDirectory, peersDirectory } from '../paths.ts';
import { quantile, rounded } from '../results/statistics.ts';
import type { ResultTable } from '../results/types.ts';
import { run } from '../run.ts';
import { usualImports } from './imports.ts';

const bare = 'bare Node';

/** Measures what an import adds to the start of a process. */
export async function starts(rounds: number): Promise<ResultTable> {
  const programs = new Map([[bare, await program(0, '')]]);
  for (const [index, { name, statement, used }] of usualImports.entries()) {
    programs.set(name, await program(index + 1, `${statement}; globalThis.used = ${used};`));
  }
  const times = new Map<string, number[]>([...programs.keys()].map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, file] of programs) {
      const { seconds } = await run(process.execPath, [file]);
      if (round > 0) times.get(name)?.push(seconds * 1_000); // the first round fills the system's caches
    }
  }
  const baseline = times.get(bare) ?? [];
  return {
    id: 'starts',
    title: `Usual import, whole processes, median of ${rounds}`,
    header: ['', 'ms', 'ms q1', 'ms q3', 'more than bare Node, ms'],
    rows: [...times].map(([name, own]) => [
      name,
      ...[0.5, 0.25, 0.75].map((share) => rounded(quantile(own, share), 1)),
      rounded(
        quantile(
          own.map((time, round) => time - (baseline[round] ?? Number.NaN)),
          0.5,
        ),
        1,
      ),
    ]),
  };
}

/** Compiles the import to JavaScript; it loads packages as they are installed. @returns the path of the program */
async function program(index: number, contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: peersDirectory, loader: 'ts' },
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const directory = `${generatedDirectory}starts/`;
  await mkdir(directory, { recursive: true });
  const file = `${directory}${index}.mjs`;
  await writeFile(file, outputFiles[0]?.text ?? '');
  return file;
}
