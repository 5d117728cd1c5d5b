import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootDirectory } from '../paths.ts';
import { rounded } from '../results/statistics.ts';
import type { Cell, ResultTable } from '../results/types.ts';
import { versions } from '../results/versions.ts';
import { run } from '../run.ts';
import { usualImports } from './imports.ts';

/** What is installed for a usual import, by npm in a fresh folder. */
export async function installs(): Promise<ResultTable> {
  const pinned = await versions();
  const ours = await packOurs();
  const sizes = new Map<string, Promise<[number, number]>>();
  const installed = async (names: readonly string[] | undefined): Promise<Cell[]> => {
    if (!names) return [null, null];
    const packages = names.map((name) => (name === '@didit-data/client' ? ours.tarball : `${name}@${pinned[name]}`));
    const key = packages.join(' ');
    const size = sizes.get(key) ?? install(packages);
    sizes.set(key, size);
    return size;
  };
  try {
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
  } finally {
    await rm(ours.directory, { recursive: true });
  }
}

/** Ours as npm would get it from the registry. */
async function packOurs(): Promise<{ readonly directory: string; readonly tarball: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'didit-bench-pack-'));
  await run('pnpm', ['pack', '--pack-destination', directory], { cwd: `${rootDirectory}packages/client` });
  const [name = ''] = await readdir(directory);
  return { directory, tarball: join(directory, name) };
}

async function install(packages: readonly string[]): Promise<[number, number]> {
  const directory = await mkdtemp(join(tmpdir(), 'didit-bench-install-'));
  try {
    await writeFile(join(directory, 'package.json'), '{ "private": true }');
    const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await run('npm', ['install', ...quietly, ...packages], { cwd: directory });
    const lock = JSON.parse(await readFile(join(directory, 'node_modules/.package-lock.json'), 'utf8'));
    return [Object.keys(lock.packages).length, rounded((await bytesIn(join(directory, 'node_modules'))) / 1e6, 2)];
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function bytesIn(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return sizes.reduce((total, size) => total + size, 0);
}
