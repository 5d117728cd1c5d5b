import { readdir, rm } from 'node:fs/promises';
import { publishedIntegrity } from '../registry/published.ts';
import { missingTargets } from './complete.ts';
import { uncommittedChanges } from './copy.ts';
import { requireHosted } from './hosted.ts';
import { filesOf, packPackages, type Tarball } from './pack.ts';
import { type PublishedPackage, readPackages } from './packages.ts';
import { waitingChangesets } from './plan.ts';
import { ReleaseError } from './release-error.ts';

export interface PackReleaseOptions {
  readonly repository: string;
  /** The folder that the tarballs are put in; made when it is not there, refused when it holds anything. */
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
  const { repository, destination, environment: env, hostedAt } = options;
  await requireEmpty(destination);
  await requireClean(repository);
  await requireVersioned(repository);
  const all = await readPackages(repository);
  if (hostedAt) requireHosted(all, hostedAt);
  const packages: PublishedPackage[] = [];
  for (const item of all) {
    const integrity = await publishedIntegrity(`${item.name}@${item.version}`, { cwd: repository, env });
    if (integrity === undefined) packages.push(item);
  }
  const tarballs = await packPackages(packages, destination);
  try {
    for (const [index, tarball] of tarballs.entries()) await requireComplete(tarball, packages[index]);
  } catch (error) {
    await rm(destination, { recursive: true });
    throw error;
  }
  return tarballs;
}

async function requireEmpty(destination: string): Promise<void> {
  const [found] = await readdir(destination).catch(() => []);
  if (!found) return;
  throw new ReleaseError(
    `${destination} is not empty: it holds ${found}, and all that it holds would be published. Remove the folder, or` +
      ' name another with --out.',
  );
}

async function requireClean(repository: string): Promise<void> {
  const changes = await uncommittedChanges(repository);
  if (changes.length === 0) return;
  throw new ReleaseError(
    `The working tree has changes that are not committed. Commit or stash:\n${changes.join('\n')}`,
  );
}

async function requireVersioned(repository: string): Promise<void> {
  const files = await waitingChangesets(repository);
  if (files.length === 0) return;
  throw new ReleaseError(
    `${files.join(', ')} wait to become versions. Run pnpm version-packages, and commit what it writes.`,
  );
}

async function requireComplete(tarball: Tarball, item: PublishedPackage | undefined): Promise<void> {
  const missing = missingTargets(item?.manifest ?? {}, await filesOf(tarball));
  if (missing.length === 0) return;
  throw new ReleaseError(
    `The tarball of ${tarball.name} lacks ${missing.join(', ')}, which its package.json names. Run pnpm build first.`,
  );
}
