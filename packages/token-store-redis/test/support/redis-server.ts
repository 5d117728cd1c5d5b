import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Redis of the test's own, on a free port of this machine, that keeps nothing on disk. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Starts it again on the same port, empty. */
  start(): Promise<void>;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Freezes it: connections stay open without answers. */
  pause(): void;
  resume(): void;
}

/** Starts the program named in `REDIS_SERVER_PATH`, or else `redis-server`. Ends it when the variable goes out of scope. */
export async function startRedis(...args: readonly string[]): Promise<RedisServer> {
  const program = process.env.REDIS_SERVER_PATH ?? 'redis-server';
  const port = await freePort();
  const directory = await mkdtempDisposable(join(tmpdir(), 'redis-'));
  const settings = { bind: '127.0.0.1', port: String(port), dir: directory.path, save: '', appendonly: 'no' };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  let child: ChildProcess | undefined;
  const endWithTests = () => child?.kill('SIGKILL');
  process.once('exit', endWithTests);

  async function start(): Promise<void> {
    const started = spawn(program, [...flags, ...args], { stdio: 'ignore' });
    child = started;
    let failure: Error | undefined;
    started.once('error', (error) => {
      failure = error;
    });
    const end = Date.now() + 10_000;
    while (!(await answersPing(port))) {
      if (failure) throw failure;
      if (started.exitCode !== null) throw new Error(`${program} ended with code ${started.exitCode}`);
      if (Date.now() > end) throw new Error(`${program} does not answer on port ${port}`);
      await sleep(20);
    }
  }

  async function kill(): Promise<void> {
    const running = child;
    child = undefined;
    if (!running?.pid || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  }

  async function dispose(): Promise<void> {
    await kill();
    process.off('exit', endWithTests);
    await directory.remove();
  }

  try {
    await start();
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    start,
    kill,
    pause: () => child?.kill('SIGSTOP'),
    resume: () => child?.kill('SIGCONT'),
    [Symbol.asyncDispose]: dispose,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const end = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(500, () => end(false));
    socket.once('data', (data) => end(data.toString().startsWith('+PONG')));
    socket.once('error', () => end(false));
    socket.once('close', () => resolve(false));
  });
}
