import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateIn, generators, installPeers, prepareDirectory } from '../src/generators.ts';
import { peersDirectory, rootDirectory } from '../src/paths.ts';
import { run } from '../src/run.ts';

let directory: string;
const stack = new AsyncDisposableStack();

/** Within the peers' directory, so that the generated code finds what it imports. */
beforeAll(async () => {
  await installPeers();
  await mkdir(join(peersDirectory, 'reports'), { recursive: true });
  const temporary = stack.use(await mkdtempDisposable(join(peersDirectory, 'reports/published-')));
  directory = `${temporary.path}/`;
  await run('pnpm', ['--dir', join(rootDirectory, 'openapi'), 'pack', '--out', join(directory, 'openapi.tgz')]);
  await run('tar', ['-xzf', 'openapi.tgz'], { cwd: directory });
  await writeFile(
    join(directory, 'package.json'),
    JSON.stringify({ type: 'module', imports: { '#orval-schemas': './orval/schemas/index.ts' } }),
  );
  await prepareDirectory(directory, join(directory, 'package/openapi.json'));
}, 180_000);
afterAll(() => stack.disposeAsync());

/** The files of each that a program imports. */
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
  '$name accepts the packed openapi.json, and its output compiles',
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
