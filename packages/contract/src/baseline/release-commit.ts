import { ContractError } from '../errors.ts';
import { git, gitText } from '../repository/git.ts';

/** The version that nothing is released under. */
export const unreleased = '0.0.0';

interface Release {
  readonly commit: string;
  readonly version: string;
}

/**
 * Finds the newest commit that changed a package's version: its last release.
 *
 * @param manifest the package's `package.json`, relative to the repository's root
 * @param wanted the version to find; default: the newest
 * @returns `undefined` when there is none
 * @throws {ContractError} when the clone is too shallow to tell, or there is no git
 */
export async function findReleaseCommit(manifest: string, wanted?: string): Promise<Release | undefined> {
  const { code, stdout, stderr } = await git('log', '--format=%H', '-G"version":', '--', manifest);
  if (code !== 0) {
    throw new ContractError(
      `The last release cannot be found: ${stderr.trim()}\nWork in a git clone, or name a contract: pnpm contract diff --against FILE`,
    );
  }
  for (const commit of stdout.split('\n').filter((line) => line !== '')) {
    const version = await versionAt(commit, manifest);
    if (version === undefined || version === unreleased || (wanted !== undefined && version !== wanted)) continue;
    if (version === (await versionAt(`${commit}^`, manifest))) continue;
    if (await isCut(commit)) throw shallowError();
    return { commit, version };
  }
  if ((await isShallow()) && (await versionAt('HEAD', manifest)) !== unreleased) throw shallowError();
  return undefined;
}

/** @returns the version of a package at a commit, or `undefined` when it, or the commit, is not there */
export async function versionAt(commit: string, manifest: string): Promise<string | undefined> {
  const { code, stdout } = await git('show', `${commit}:${manifest}`);
  return code === 0 ? JSON.parse(stdout).version : undefined;
}

const isShallow = async (): Promise<boolean> => (await gitText('rev-parse', '--is-shallow-repository')) === 'true';

/** A commit whose parents the clone does not hold seems to have changed everything. */
async function isCut(commit: string): Promise<boolean> {
  if (!(await isShallow())) return false;
  const { code } = await git('rev-parse', '--verify', '--quiet', `${commit}^`);
  return code !== 0;
}

const shallowError = (): ContractError =>
  new ContractError(
    'The last release cannot be found, since this clone is shallow.\n' +
      'Run: git fetch --unshallow (in a hosted CI, check out with the whole history)',
  );
