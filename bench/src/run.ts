import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter } from 'node:path';
import { text } from 'node:stream/consumers';
import { peersDirectory, rootDirectory } from './paths.ts';

const programs = [rootDirectory, peersDirectory].map((directory) => `${directory}node_modules/.bin`);

const environment = {
  ...process.env,
  PATH: [...programs, process.env.PATH].join(delimiter),
  TURBO_TELEMETRY_DISABLED: '1',
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  NO_COLOR: '1',
};

export interface Finished {
  readonly stdout: string;
  readonly seconds: number;
}

/**
 * Runs a command, with the repository's and the peers' programs first on PATH.
 *
 * @param cwd Default: the repository's root.
 * @throws {Error} with the end of its output, when its exit code is not 0
 */
export async function run(
  command: string,
  args: readonly string[],
  { cwd = rootDirectory }: { cwd?: string } = {},
): Promise<Finished> {
  const startedAt = performance.now();
  const child = spawn(command, args, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const [[code], stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  if (code !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with exit code ${code}:\n${(stdout + stderr).slice(-4_000)}`);
  }
  return { stdout, seconds: (performance.now() - startedAt) / 1_000 };
}
