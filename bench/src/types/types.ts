import { mkdir, writeFile } from 'node:fs/promises';
import { generatedDirectory } from '../paths.ts';
import { median, rounded } from '../results/statistics.ts';
import type { PartOptions, ResultTable } from '../results/types.ts';
import { run } from '../run.ts';
import { consumers } from './consumers.ts';
import { type Diagnostics, diagnose } from './diagnostics.ts';

const compilerOptions = {
  target: 'ES2023',
  lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
  module: 'NodeNext',
  types: [],
  strict: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  noEmit: true,
};

/** Compares what the client costs a user's compiler with what its alternatives cost. */
export async function types({ quick }: PartOptions): Promise<readonly ResultTable[]> {
  const projects = await Promise.all(consumers.map(({ code }, index) => makeProject(index, code)));
  const all = new Map<string, Diagnostics[]>(consumers.map(({ name }) => [name, []]));
  const rounds = quick ? 1 : 5;
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { name }] of consumers.entries()) {
      all.get(name)?.push(await diagnose(projects[index] ?? ''));
    }
  }
  return [
    {
      id: 'consumers',
      title: `tsc for a program that retrieves one decision, median of ${rounds}`,
      note:
        "Of orval's client nothing stands here: what it makes of the contract does not compile. Peers and ours are " +
        'checked as their users have them: generated sources there, built declarations here.',
      header: ['', 'instantiations', 'types', 'memory, MB', 'check, s', 'in all, s'],
      rows: [...all].map(([name, own]) => [
        name,
        median(own.map(({ instantiations }) => instantiations)),
        median(own.map(({ types }) => types)),
        rounded(median(own.map(({ memoryMb }) => memoryMb))),
        rounded(median(own.map(({ checkSeconds }) => checkSeconds)), 2),
        rounded(median(own.map(({ totalSeconds }) => totalSeconds)), 2),
      ]),
    },
  ];
}

async function makeProject(index: number, code: string): Promise<string> {
  const directory = `${generatedDirectory}types-${index}/`;
  await mkdir(directory, { recursive: true });
  await writeFile(`${directory}index.ts`, code);
  await writeFile(`${directory}tsconfig.json`, JSON.stringify({ compilerOptions, include: ['index.ts'] }));
  if (code.includes('./openapi.ts')) {
    await run('openapi-typescript', [`${generatedDirectory}contract.json`, '--output', `${directory}openapi.ts`]);
  }
  return directory;
}
