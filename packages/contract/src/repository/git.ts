import { ContractError } from '../errors.ts';
import { type ProgramResult, run } from './run.ts';

/** Runs git in the repository's root. If git is not installed, returns exit code 127. */
export function git(...args: readonly string[]): Promise<ProgramResult> {
  return run('git', args).catch((cause: NodeJS.ErrnoException) => {
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
