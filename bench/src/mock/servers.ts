import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { freePort } from '../free-port.ts';
import { requestToken } from './calls.ts';

/** A mock server as its users start it: the arguments of Node. */
export interface Server {
  readonly name: string;
  readonly args: (port: string, contract: string) => readonly string[];
}

const prism = program('@stoplight/prism-cli', 'prism');
export const servers: readonly Server[] = [
  { name: 'prism-cli', args: (port, contract) => [prism, 'mock', contract, '-p', port] },
  { name: 'prism-cli -v silent', args: (port, contract) => [prism, 'mock', contract, '-p', port, '-v', 'silent'] },
  { name: '@stdy/cli -q', args: (port, contract) => [program('@stdy/cli', 'steady'), contract, '-p', port, '-q'] },
  { name: 'ours', args: (port) => [program('@didit-data/mock', 'didit-data-mock'), '--port', port, '--quiet'] },
];

/** A mock server that has answered a token request. */
export interface Running {
  readonly name: string;
  readonly url: string;
  readonly startMs: number;
  residentMb(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a mock server and waits for its first token. */
export async function start({ name, args }: Server, contract: string): Promise<Running> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = spawn(process.execPath, args(`${port}`, contract), { stdio: 'ignore', detached: true });
  await untilReady(child, url);
  const startMs = performance.now() - startedAt;
  return {
    name,
    url,
    startMs,
    residentMb: () => residentMbOf(child.pid ?? 0),
    async stop() {
      const exited = once(child, 'exit');
      process.kill(-(child.pid ?? 0), 'SIGKILL'); // the whole group: a command may be a wrapper around another
      await exited;
    },
  };
}

/** Memory of a command with all the processes that it has started. */
async function residentMbOf(group: number): Promise<number> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const sizes = processes.map(async (pid) => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [, , processGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(processGroup) !== group) return 0;
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    if (child.exitCode !== null)
      throw new Error(`${child.spawnargs.join(' ')} ended with exit code ${child.exitCode}.`);
    const status = await requestToken(url)
      .then(({ status }) => status)
      .catch(() => undefined);
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${child.spawnargs.join(' ')} does not answer.`);
}

/** Finds a package's program by its manifest. */
function program(name: string, command: string): string {
  const { resolve } = createRequire(import.meta.url);
  const manifest = findManifest(name, resolve);
  const { bin } = createRequire(import.meta.url)(manifest) as { bin: string | Record<string, string> };
  const path = typeof bin === 'string' ? bin : bin[command];
  if (!path) throw new Error(`${name} has no command ${command}.`);
  return join(dirname(manifest), path);
}

function findManifest(name: string, resolve: NodeJS.RequireResolve): string {
  for (const directory of resolve.paths(name) ?? []) {
    try {
      return resolve(join(directory, name, 'package.json'));
    } catch {
      // not in this node_modules; the next one up may have it
    }
  }
  throw new Error(`${name} is not installed.`);
}
