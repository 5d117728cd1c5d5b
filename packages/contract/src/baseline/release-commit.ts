import { dirname, join } from 'node:path';
import { ContractError } from '../errors.ts';
import { git, gitText } from '../repository/git.ts';
import { readManifest } from '../repository/packages.ts';
import { rootDirectory } from '../repository/paths.ts';

/** The version of a package that was never released. */
export const unreleased = '0.0.0';

interface Release {
  readonly commit: string;
  readonly version: string;
}

/**
 * Finds the newest commit that changed a package's version: its last release. A version never goes back, so for a
 * package that was never released this needs neither a history nor git.
 *
 * @param manifest the package's `package.json`, relative to the repository's root
 * @returns the release, or `undefined` when there is none
 * @throws {ContractError} when the clone is too shallow, or is not a git clone
 */
export async function findReleaseCommit(manifest: string): Promise<Release | undefined> {
  const current = await readManifest(join(rootDirectory, dirname(manifest)));
  if (current.version === unreleased) return undefined;
  const { code, stdout, stderr } = await git('log', '--format=%H', '-G"version":', '--', manifest);
  if (code !== 0) {
    throw new ContractError(
      `The last release cannot be found: ${stderr.trim()}\nWork in a git clone, or name a contract: pnpm contract diff --against FILE`,
    );
  }
  for (const commit of stdout.split('\n').filter((line) => line !== '')) {
    const version = await versionAt(commit, manifest);
    if (version === undefined || version === unreleased) continue;
    if (version === (await versionAt(`${commit}^`, manifest))) continue;
    if (await isCut(commit)) throw shallowError();
    return { commit, version };
  }
  if ((await isShallow()) && (await versionAt('HEAD', manifest)) !== unreleased) throw shallowError();
  return undefined;
}

/** @returns the version of a package at a commit, or `undefined` when there is no such package or commit */
export async function versionAt(commit: string, manifest: string): Promise<string | undefined> {
  const { code, stdout } = await git('show', `${commit}:${manifest}`);
  return code === 0 ? JSON.parse(stdout).version : undefined;
}

async function isShallow(): Promise<boolean> {
  return (await gitText('rev-parse', '--is-shallow-repository')) === 'true';
}

/** Whether the clone lacks the commit's parents: git then shows every file of the commit as changed. */
async function isCut(commit: string): Promise<boolean> {
  if (!(await isShallow())) return false;
  const { code } = await git('rev-parse', '--verify', '--quiet', `${commit}^`);
  return code !== 0;
}

function shallowError(): ContractError {
  return new ContractError(
    'The last release cannot be found, because this clone is shallow.\n' +
      'Run: git fetch --unshallow (in a hosted CI, check out the whole history)',
  );
}
