import { join } from 'node:path';
import { mustExecute } from '../execute.ts';
import type { Registry } from '../registry.ts';
import { root } from '../run.ts';
import { packPackages, type Tarball } from './pack.ts';
import { type PublishedPackage, readPackages } from './packages.ts';
import { step } from './step.ts';

/** Every published package of one state of the repository; those with a version of their own are packed. */
export interface Edition {
  /** For messages: `last`, `additive` or `breaking`. */
  readonly name: string;
  /** The copy of the repository that it was made in; a later edition may have been made in it since. */
  readonly repository: string;
  readonly packages: readonly PublishedPackage[];
  /** What there is to publish. */
  readonly tarballs: readonly Tarball[];
}

/** What the repository itself has built already needs no second build in the copy, nor what an earlier rehearsal built. */
const cache = join(root, '.turbo/cache');

/** Installs what a copy of the repository is built with; nearly all of it is in pnpm's store already. */
export async function installTools(repository: string): Promise<void> {
  await step('install the tools in the copy', 'see what pnpm says; pnpm install must work in the repository', () =>
    mustExecute('pnpm', ['install', '--frozen-lockfile', '--prefer-offline', '--silent'], { cwd: repository }),
  );
}

/**
 * Builds a copy of the repository as it now is, and packs it.
 *
 * @param previous the edition that was made in the copy before: what has the same version as there is not made again
 */
export async function makeEdition(name: string, repository: string, previous?: Edition): Promise<Edition> {
  const packages = await readPackages(repository);
  const renewed = packages.filter((item) => !previous || item.version !== versionIn(previous, item.name));
  const filters = renewed.map((item) => `--filter=${item.name}`);
  await step(`build the ${name} version`, 'make pnpm build work in the repository', () =>
    mustExecute('turbo', ['run', 'build', ...filters, '--output-logs=errors-only', '--cache-dir', cache], {
      cwd: repository,
    }),
  );
  return { ...(await pack(name, repository, renewed)), packages };
}

async function pack(name: string, repository: string, packages: readonly PublishedPackage[]): Promise<Edition> {
  const tarballs = await step(`pack the ${name} version`, 'make pnpm pack work in the package that is named', () =>
    packPackages(packages, join(`${repository} tarballs`, name)),
  );
  return { name, repository, packages, tarballs };
}

/** Publishes an edition, all at once: nobody installs from this registry before the last is there. */
export async function publishEdition({ name, tarballs }: Edition, registry: Registry): Promise<void> {
  await Promise.all(
    tarballs.map(({ name: packageName, version, file }) =>
      step(`publish ${packageName}@${version}, ${name}`, 'see what the registry says', () => registry.publish(file)),
    ),
  );
}

/** The version of a package in an edition. */
export function versionIn(edition: Edition, packageName: string): string {
  const found = edition.packages.find(({ name }) => name === packageName);
  if (!found) throw new Error(`${packageName} is not among the published packages of the ${edition.name} version`);
  return found.version;
}
