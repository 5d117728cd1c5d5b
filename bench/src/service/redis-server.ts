import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { freePort } from '../free-port.ts';

/** Starts Redis on a free port of loopback, with nothing kept on disk. */
export async function startRedis(): Promise<AsyncDisposable & { readonly url: string }> {
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), 'didit-bench-redis-'));
  const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory];
  const server = spawn(process.env.REDIS_SERVER_PATH ?? 'redis-server', options, { stdio: 'ignore' });
  const url = `redis://127.0.0.1:${port}`;
  const probe = createClient({ url });
  probe.on('error', () => {}); // until it listens
  await probe.connect();
  await probe.close();
  return {
    url,
    async [Symbol.asyncDispose]() {
      const exited = once(server, 'exit');
      server.kill('SIGKILL');
      await exited;
      await rm(directory, { recursive: true });
    },
  };
}
