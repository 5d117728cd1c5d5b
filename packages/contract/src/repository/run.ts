import { x } from 'tinyexec';
import { rootDirectory } from './paths.ts';

export interface ProgramResult {
  /** The exit code; 1 when a signal ended the program. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Default: the repository's root. */
  readonly cwd?: string | undefined;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Text on standard input. Default: none. */
  readonly stdin?: string | undefined;
}

/**
 * Runs a program to its end, without a shell.
 *
 * @throws {NodeJS.ErrnoException} when the program cannot be started, for example with `code: 'ENOENT'`
 */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<ProgramResult> {
  const { cwd = rootDirectory, env = {}, stdin } = options;
  const {
    exitCode = 1,
    stdout,
    stderr,
  } = await x(program, args, {
    nodeOptions: { cwd, env },
    ...(stdin !== undefined && { stdin }),
  });
  return { code: exitCode, stdout, stderr };
}
