import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execute } from '../execute.ts';
import { RegistryError } from '../registry/registry-error.ts';
import { uncommittedChanges } from './copy.ts';
import { packPackages, type Tarball } from './pack.ts';
import { type PublishedPackage, readPackages } from './packages.ts';

/** Why a state of the repository cannot be released, and what to do. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
}

export interface PackReleaseOptions {
  readonly repository: string;
  /** The folder that the tarballs are put in; made when it is not there. */
  readonly destination: string;
  /** What npm gets in its environment, beside this process's own. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** The address of the hosted repository, where the release is made from one: provenance names it. */
  readonly hostedAt?: string | undefined;
}

/**
 * Packs every package whose version is not in the registry yet. The repository must be built and hold nothing that is
 * not committed, so that what is published is what one finds in its history.
 *
 * @returns the tarballs in the order in which they are to be published; none when there is nothing to release
 * @throws ReleaseError when the repository is not ready to be released
 * @throws RegistryError when the registry is not there or refuses
 */
export async function packRelease(options: PackReleaseOptions): Promise<Tarball[]> {
  const { repository, destination, environment, hostedAt } = options;
  await requireClean(repository);
  await requireVersioned(repository);
  const packages: PublishedPackage[] = [];
  for (const item of await readPackages(repository)) {
    if (hostedAt) requireHosted(item, hostedAt);
    if (!(await isPublished(item, repository, environment))) packages.push(item);
  }
  return packPackages(packages, destination);
}

async function requireClean(repository: string): Promise<void> {
  const changes = await uncommittedChanges(repository);
  if (changes.length === 0) return;
  throw new ReleaseError(
    `The working tree has changes that are not committed. Commit or stash:\n${changes.join('\n')}`,
  );
}

async function requireVersioned(repository: string): Promise<void> {
  const changesets = (await readdir(join(repository, '.changeset'))).filter((name) => name.endsWith('.md'));
  if (changesets.length === 0) return;
  const files = changesets.map((name) => `.changeset/${name}`).join(', ');
  throw new ReleaseError(`${files} wait to become versions. Run pnpm version-packages, and commit what it writes.`);
}

function requireHosted({ name, directory, manifest }: PublishedPackage, hostedAt: string): void {
  const url = manifest.repository?.url?.replace(/^git\+|\.git$/g, '');
  if (url === hostedAt) return;
  throw new ReleaseError(
    `${join(directory, 'package.json')}: repository.url must be git+${hostedAt}.git, where this release is made from;` +
      ` the registry refuses the provenance of ${name} otherwise.`,
  );
}

async function isPublished(
  { name, version }: PublishedPackage,
  cwd: string,
  env: Readonly<Record<string, string>> | undefined,
): Promise<boolean> {
  const specifier = `${name}@${version}`;
  const args = [
    'view',
    specifier,
    'version',
    '--prefer-online',
    '--fetch-retries=1',
    '--fetch-retry-mintimeout=1000',
    '--loglevel=error',
  ];
  const { code, stdout, output } = await execute('npm', args, { cwd, env });
  if (code === 0) return stdout.trim() !== ''; // a package that is there without this version answers with nothing
  if (/\bE404\b/.test(output)) return false;
  throw new RegistryError(`asking whether ${specifier} is there`, 'the registry', output);
}
