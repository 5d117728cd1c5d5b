import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execute } from '../execute.ts';
import { requireHosted } from './hosted.ts';
import { type PublishedPackage, readPackages, unreleased } from './packages.ts';

/** What a push to the main branch leads to: versions are raised, versions are published, or neither. */
export type Plan = 'version' | 'publish' | 'nothing';

export interface PlanOptions {
  readonly repository: string;
  /** The commit that the branch was at before the push; the checked-out commit's first parent when it is not there. */
  readonly before?: string | undefined;
  /** The address of the hosted repository, where the release is made from one. */
  readonly hostedAt?: string | undefined;
}

/**
 * Sees what the checked-out commit leads to. A commit gives the same answer every time, so its run can be repeated.
 *
 * @throws ReleaseError when a release is near and the packages do not name the repository that it is made from
 */
export async function planRelease({ repository, before, hostedAt }: PlanOptions): Promise<Plan> {
  const packages = await readPackages(repository);
  const isWaiting = (await waitingChangesets(repository)).length > 0;
  if (!isWaiting && !(await isRelease(repository, packages, before))) return 'nothing';
  if (hostedAt) requireHosted(packages, hostedAt);
  return isWaiting ? 'version' : 'publish';
}

/** Lists the changesets that have not become versions. */
export async function waitingChangesets(repository: string): Promise<string[]> {
  const files = await readdir(join(repository, '.changeset'));
  return files.filter((name) => name.endsWith('.md') && name !== 'README.md').map((name) => `.changeset/${name}`);
}

async function isRelease(cwd: string, packages: readonly PublishedPackage[], before = ''): Promise<boolean> {
  const known = await execute('git', ['cat-file', '-e', `${before}^{commit}`], { cwd });
  const base = before && known.code === 0 ? before : 'HEAD^1';
  for (const { path, version } of packages) {
    const { code, stdout } = await execute('git', ['show', `${base}:${path}/package.json`], { cwd });
    const previous = code === 0 ? JSON.parse(stdout).version : unreleased;
    if (version !== previous) return true;
  }
  return false;
}
