import { ContractError } from '../errors.ts';
import { execute, type Outcome } from './run.ts';

/** Runs git in the repository's root. A git that is not installed is told as a failed command. */
export function git(...args: readonly string[]): Promise<Outcome> {
  return execute('git', args).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return { code: 127, stdout: '', stderr: 'git is not installed' };
    throw cause;
  });
}

/**
 * Runs git in the repository's root.
 *
 * @returns what it printed, without the last line end
 * @throws {ContractError} with git's own words when it fails
 */
export async function gitText(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await git(...args);
  if (code !== 0) throw new ContractError(`git ${args[0]} failed: ${stderr.trim()}`);
  return stdout.trimEnd();
}

/** Files below a folder of the repository that git does not know; none outside a git repository. */
export async function untrackedFiles(folder: string): Promise<string[]> {
  const { code, stdout } = await git('ls-files', '--others', '-z', '--', folder);
  return code === 0 ? stdout.split('\0').filter((file) => file !== '') : [];
}
