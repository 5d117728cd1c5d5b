import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
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

/** The name of the field that {@link addField} adds. */
export const addedField = 'rehearsed_at';

/**
 * Adds an optional field to what a person shares, as a contributor would: in the contract, in the generated code, and
 * with the changeset that the pipeline writes. What was done before is committed first.
 */
export async function addField(repository: string): Promise<void> {
  await commitAll(repository, 'Release');
  const file = join(repository, 'openapi/didit-data.yaml');
  const text = await readFile(file, 'utf8');
  const field = `        ${addedField}:\n          type: string\n          description: When this was rehearsed.\n`;
  const properties = /^ {4}Decision:\n(?: {6}.*\n)*? {6}properties:\n/m;
  if (!properties.test(text)) throw new Error(`${file} has no properties of Decision to add one to`);
  await writeFile(
    file,
    text.replace(properties, (found) => found + field),
  );
  for (const command of ['generate', 'changeset']) {
    await mustExecute('node', ['packages/contract/src/cli.ts', command], { cwd: repository });
  }
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
