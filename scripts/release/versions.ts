import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustExecute } from '../execute.ts';
import { commitAll } from './copy.ts';
import { type PublishedPackage, readPackages } from './packages.ts';

/** What a change means to who uses the package: nothing that they wrote breaks, or something may. */
export type Change = 'additive' | 'breaking';

/**
 * The bump that says a change in a version. Below 1.0.0 a consumer's `^0.1.0` takes patches and refuses minors, so that
 * is how the two are told apart there.
 */
export function bumpOf(change: Change, version: string): 'patch' | 'minor' | 'major' {
  const isYoung = version.startsWith('0.');
  if (change === 'additive') return isYoung ? 'patch' : 'minor';
  return isYoung ? 'minor' : 'major';
}

/** Writes a changeset that gives packages of a repository the same change. */
export async function writeChangeset(
  repository: string,
  change: Change,
  packages: readonly PublishedPackage[],
): Promise<void> {
  const bumps = packages.map(({ name, version }) => `'${name}': ${bumpOf(change, version)}`);
  const file = join(repository, '.changeset', `rehearsal-${randomUUID()}.md`);
  await writeFile(file, `---\n${bumps.join('\n')}\n---\n\nRehearses a release with a change that is ${change}.\n`);
}

/**
 * Turns the changesets of a copy into versions, changelogs and a stamped contract, just as a release does: that begins
 * with everything committed.
 *
 * @returns the packages with their new versions
 */
export async function versionPackages(repository: string): Promise<PublishedPackage[]> {
  await commitAll(repository, 'Rehearse a release');
  await mustExecute('pnpm', ['run', 'version-packages'], { cwd: repository });
  return readPackages(repository);
}
