import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mustExecute } from './execute.ts';
import { environmentOf, userConfigFor } from './registry/user-config.ts';

/** A package registry of its own on loopback, which knows no other registry and is gone when it is disposed of. */
export interface Registry {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /**
   * Path of a throw-away user config: the scope `@didit-data` comes from this registry, and one may publish there;
   * everything else is as in the user's own config. Hand it to npm and pnpm by `environment`.
   */
  readonly npmrc: string;
  /** What to add to the environment of npm and pnpm so that they use `npmrc`. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Packs the directory of a built package as a release does, and publishes it.
   *
   * @throws Error when the registry refuses, with pnpm's words
   */
  publish(directory: string): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts Verdaccio on a free port of loopback, with its storage in a temporary directory and no uplink. Its process ends
 * with this one, however this one ends.
 *
 * @throws Error when it does not start, with what it printed
 */
export async function startRegistry(): Promise<Registry> {
  const directory = await mkdtemp(join(tmpdir(), 'didit-registry-'));
  const server = fork(fileURLToPath(new URL('registry/server.ts', import.meta.url)), [directory], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  });
  const stop = async () => {
    await end(server);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const url = `http://127.0.0.1:${await portOf(server)}`;
    const npmrc = join(directory, 'npmrc');
    await writeFile(npmrc, await userConfigFor(url, await logIn(url)), { mode: 0o600 });
    const environment = environmentOf(npmrc);
    return {
      url,
      npmrc,
      environment,
      async publish(cwd) {
        // Named on the command line too: a package outside the scope must not go to the machine's own registry.
        const registry = `--registry=${url}/`;
        const args = ['publish', '--no-git-checks', '--ignore-scripts', '--access=public', registry];
        await mustExecute('pnpm', args, { cwd, env: environment });
      },
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits for the port that the server reports. */
async function portOf(server: ChildProcess): Promise<number> {
  let printed = '';
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (chunk) => (printed += chunk));
  const ended = once(server, 'exit').then(([code]) => {
    throw new Error(`the registry did not start (exit code ${code}):\n${printed}`);
  });
  const [port] = await Promise.race([once(server, 'message', { signal: AbortSignal.timeout(30_000) }), ended]);
  return port;
}

/** Adds the registry's only user. @returns the token that lets one publish */
async function logIn(url: string): Promise<string> {
  const name = 'publisher';
  const response = await fetch(`${url}/-/user/org.couchdb.user:${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: randomUUID() }),
  });
  if (!response.ok) throw new Error(`The registry at ${url} added no user: ${await response.text()}`);
  const { token } = (await response.json()) as { token: string };
  return token;
}

/** Ends the server by closing the channel to it, and by force when that does not help. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  if (server.connected) server.disconnect();
  const force = setTimeout(() => server.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(force);
}
