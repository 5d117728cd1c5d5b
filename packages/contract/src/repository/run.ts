import { execFile } from 'node:child_process';
import { rootDirectory } from './paths.ts';

export interface Outcome {
  /** The exit code; 1 when a signal ended the program. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ExecuteOptions {
  /** Default: the repository's root. */
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program to its end, without a shell.
 *
 * @throws the system's error when the program cannot be started, for example with `code: 'ENOENT'`
 */
export function execute(program: string, args: readonly string[], options: ExecuteOptions = {}): Promise<Outcome> {
  const { cwd = rootDirectory, env } = options;
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, env: { ...process.env, ...env }, maxBuffer: 256 << 20 }, (error, stdout, stderr) => {
      if (error && typeof error.code === 'string') reject(error);
      else resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
  });
}
