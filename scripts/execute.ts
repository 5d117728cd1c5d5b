import { fileURLToPath } from 'node:url';
import { x } from 'tinyexec';

/** The repository's root. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** How a command ended. */
export interface Ending {
  /** The exit code; 1 when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  /** All that it printed, standard output first. */
  readonly output: string;
}

export interface ExecuteOptions {
  readonly cwd: string;
  /** What is added to the environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** After how long the command is ended, in milliseconds. Default: 120 000. */
  readonly timeoutMs?: number | undefined;
}

/** What this process has in its environment by now, with the repository's tools first on PATH. */
function environment(): Record<string, string | undefined> {
  return {
    ...process.env,
    PATH: `${root}node_modules/.bin:${process.env.PATH}`,
    TURBO_TELEMETRY_DISABLED: '1',
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  };
}

/** Runs a command in a directory with the repository's tools first on PATH, and keeps what it prints. */
export async function execute(command: string, args: readonly string[], options: ExecuteOptions): Promise<Ending> {
  const { cwd, env, timeoutMs: timeout = 120_000 } = options;
  const nodeOptions = { cwd, env: { ...environment(), ...env } };
  const { exitCode = 1, stdout, stderr } = await x(command, args, { timeout, nodePath: false, nodeOptions });
  return { code: exitCode, stdout, output: stdout + stderr };
}

/**
 * Like `execute`, for a command that must succeed.
 *
 * @returns what it printed on standard output
 * @throws Error with the command, the directory and all that it printed
 */
export async function mustExecute(command: string, args: readonly string[], options: ExecuteOptions): Promise<string> {
  const { code, stdout, output } = await execute(command, args, options);
  if (code === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')} in ${options.cwd} ended with exit code ${code}:\n${output.trimEnd()}`);
}

/** Runs a command in the repository's root and shows what it prints. @returns its exit code; 1 when a signal ended it */
export async function run(command: string, ...args: readonly string[]): Promise<number> {
  const stdio: ['ignore', 'inherit', 'inherit'] = ['ignore', 'inherit', 'inherit'];
  const { exitCode = 1 } = await x(command, args, {
    nodePath: false,
    nodeOptions: { cwd: root, env: environment(), stdio },
  });
  return exitCode;
}
