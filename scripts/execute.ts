import { execFile } from 'node:child_process';
import { root } from './run.ts';

/** How a command ended. */
export interface Ending {
  /** The exit code; 1 when a signal ended it or it could not be started. */
  readonly code: number;
  readonly stdout: string;
  /** All that it printed, standard output first. */
  readonly output: string;
}

export interface ExecuteOptions {
  readonly cwd: string;
  /** What is added to the environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** After how long the command is ended; 120 000 ms when left out. */
  readonly timeoutMs?: number | undefined;
}

/** Runs a command in a folder with the repository's tools first on PATH, and keeps what it prints. */
export function execute(command: string, args: readonly string[], options: ExecuteOptions): Promise<Ending> {
  const { cwd, env, timeoutMs: timeout = 120_000 } = options;
  const environment = { ...process.env, ...env, PATH: `${root}node_modules/.bin:${process.env.PATH}` };
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env: environment, timeout, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      const reason = error?.killed ? `ended after ${timeout} ms` : typeof error?.code === 'string' ? error.message : '';
      resolve({ code, stdout, output: stdout + stderr + reason });
    });
  });
}

/**
 * Like `execute`, for a command that must succeed.
 *
 * @returns what it printed on standard output
 * @throws Error with the command, the folder and all that it printed
 */
export async function mustExecute(command: string, args: readonly string[], options: ExecuteOptions): Promise<string> {
  const { code, stdout, output } = await execute(command, args, options);
  if (code === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')} in ${options.cwd} ended with exit code ${code}:\n${output.trimEnd()}`);
}
