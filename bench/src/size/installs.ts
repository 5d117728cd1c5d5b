import { mkdtempDisposable, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootDirectory } from '../paths.ts';
import { versions } from '../results/conditions.ts';
import { rounded } from '../results/statistics.ts';
import type { Cell, ResultTable } from '../results/types.ts';
import { run } from '../run.ts';
import { usualImports } from './imports.ts';

/** Installs what a usual import needs, with npm in an empty directory. */
export async function installs(): Promise<ResultTable> {
  const pinned = await versions();
  await using directory = await mkdtempDisposable(join(tmpdir(), 'didit-bench-pack-'));
  const ours = await packOurs(directory.path);
  const sizes = new Map<string, Promise<[number, number]>>();
  const installed = async (names: readonly string[] | undefined): Promise<Cell[]> => {
    if (!names) return [null, null];
    const packages = names.map((name) => (name === '@didit-data/client' ? ours : `${name}@${pinned[name]}`));
    const key = packages.join(' ');
    const size = sizes.get(key) ?? install(packages);
    sizes.set(key, size);
    return size;
  };
  const rows: Cell[][] = [];
  for (const { name, installs, generator } of usualImports) {
    rows.push([name, ...(await installed(installs)), ...(await installed(generator))]);
  }
  return {
    id: 'installs',
    title: 'What npm installs',
    note: 'To run it, and to generate it where it is generated. Sizes of the files, install scripts not run.',
    header: ['', 'packages', 'MB', 'generator: packages', 'generator: MB'],
    rows,
  };
}

/** @returns the path of our tarball, as the registry would serve it */
async function packOurs(directory: string): Promise<string> {
  await run('pnpm', ['pack', '--pack-destination', directory], { cwd: `${rootDirectory}packages/client` });
  const [name = ''] = await readdir(directory);
  return join(directory, name);
}

async function install(packages: readonly string[]): Promise<[number, number]> {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'didit-bench-install-'));
  await writeFile(join(directory.path, 'package.json'), '{ "private": true }');
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', ...quietly, ...packages], { cwd: directory.path });
  const modules = join(directory.path, 'node_modules');
  const lock = JSON.parse(await readFile(join(modules, '.package-lock.json'), 'utf8'));
  return [Object.keys(lock.packages).length, rounded((await bytesIn(modules)) / 1e6, 2)];
}

async function bytesIn(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return sizes.reduce((total, size) => total + size, 0);
}
