import { mkdir, readdir, rename, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mustExecute } from '../execute.ts';
import type { PublishedPackage } from './packages.ts';

/** A package as it is published. */
export interface Tarball {
  readonly name: string;
  readonly version: string;
  /** Its path. */
  readonly file: string;
}

/**
 * Packs built packages. The files' names begin with a number: in that order each comes after what it depends on.
 *
 * @param destination the folder that they are put in; made when it is not there
 */
export async function packPackages(packages: readonly PublishedPackage[], destination: string): Promise<Tarball[]> {
  const tarballs: Tarball[] = [];
  for (const [index, { name, version, directory }] of packages.entries()) {
    const folder = join(destination, String(index + 1).padStart(2, '0'));
    await mkdir(folder, { recursive: true });
    await mustExecute('pnpm', ['pack', '--pack-destination', folder], { cwd: directory });
    const [packed] = await readdir(folder);
    if (!packed) throw new Error(`pnpm pack made no tarball of ${name}`);
    const file = `${folder}-${packed}`;
    await rename(join(folder, packed), file);
    await rmdir(folder);
    tarballs.push({ name, version, file });
  }
  return tarballs;
}

/** Lists the files in a tarball, sorted, without the folder `package` that they all are in. */
export async function filesOf({ file }: Tarball): Promise<string[]> {
  const list = await mustExecute('tar', ['-tzf', file], { cwd: dirname(file) });
  return list
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''))
    .sort();
}
