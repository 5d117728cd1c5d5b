import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateIn, generators, prepareFolder } from '../src/generators.ts';
import { peersDirectory, rootDirectory } from '../src/paths.ts';
import { installPeers } from '../src/prepare.ts';
import { run } from '../src/run.ts';

let directory: string;
let contract: string;

/** Within the peers' folder, so that the generated code finds what it imports. */
beforeAll(async () => {
  await installPeers();
  await mkdir(join(peersDirectory, 'reports'), { recursive: true });
  directory = `${await mkdtemp(join(peersDirectory, 'reports/published-'))}/`;
  await run('pnpm', ['--dir', join(rootDirectory, 'openapi'), 'pack', '--pack-destination', directory]);
  await run('tar', ['-xzf', 'didit-data-openapi-0.0.0.tgz'], { cwd: directory });
  contract = join(directory, 'package/openapi.json');
  await writeFile(
    join(directory, 'package.json'),
    JSON.stringify({ type: 'module', imports: { '#orval-schemas': './orval/schemas/index.ts' } }),
  );
  await prepareFolder(directory, contract);
}, 180_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

/** What each writes that a program imports. */
const outputs: Readonly<Record<string, readonly string[]>> = {
  'redocly generate-client': ['redocly/client.ts', 'redocly/client.zod.ts'],
  'hey-api': ['hey-api/index.ts', 'hey-api/zod.gen.ts'],
  orval: ['orval/client.ts', 'orval/schemas/index.ts'],
  'openapi-typescript': ['openapi-typescript/openapi.ts'],
};

const all = [
  ...generators,
  {
    name: 'openapi-typescript',
    command: 'openapi-typescript',
    args: ['contract.json', '--output', 'openapi-typescript/openapi.ts'],
  },
];

test.each(all)(
  '$name accepts the packed openapi.json, and what it makes of it compiles',
  async (generator) => {
    const { name } = generator;
    await generateIn(directory, generator);
    const compilerOptions = {
      ...{ target: 'ES2023', lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'], module: 'NodeNext' },
      ...{ types: ['node'], typeRoots: [join(rootDirectory, 'node_modules/@types')], strict: true, skipLibCheck: true },
      ...{ allowImportingTsExtensions: true, noEmit: true },
    };
    const project = join(directory, `${name.replaceAll(' ', '-')}.json`);
    await writeFile(project, JSON.stringify({ compilerOptions, files: outputs[name] }));
    expect((await run('tsc', ['--project', project])).stdout).toBe('');
  },
  120_000,
);
