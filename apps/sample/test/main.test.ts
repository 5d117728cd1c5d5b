import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { startApp } from './running-app.ts';

const sample = fileURLToPath(new URL('..', import.meta.url));
const env = { DIDIT_BASE_URL: 'http://127.0.0.1:9', DIDIT_CLIENT_ID: 'id', DIDIT_CLIENT_SECRET: 'the-secret' };

describe('the settings', () => {
  it('default to any free port on loopback', () => {
    expect(readConfig(env)).toMatchObject({ host: '127.0.0.1', port: 0 });
  });

  it.each(['x', '-1', '65536', '80.5', '1e3'])('refuse the port %s', (port) => {
    expect(() => readConfig({ ...env, PORT: port })).toThrow('PORT must be a number from 0 to 65535');
  });
});

describe('node src/main.ts', () => {
  it('names every setting that is missing', async () => {
    await expect(startApp(sample, { DIDIT_CLIENT_ID: 'id', DIDIT_CLIENT_SECRET: '' })).rejects.toThrow(
      /exit code 1: The sample app cannot start: not set in the environment: DIDIT_BASE_URL, DIDIT_CLIENT_SECRET$/,
    );
  });

  it('names a setting that cannot work, without its value', async () => {
    const started = startApp(sample, { ...env, DIDIT_BASE_URL: 'http://user:pw@didit.example' });
    await expect(started).rejects.toThrow(
      /exit code 1: The sample app cannot start: baseUrl must not hold credentials$/,
    );
  });

  it('says so when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expect(startApp(sample, { ...env, PORT: String(port) })).rejects.toThrow(/exit code 1: .*EADDRINUSE/);
    other.close();
  });

  it.each<NodeJS.Signals>(['SIGTERM', 'SIGINT'])('serves until %s and then ends cleanly', async (signal) => {
    const app = await startApp(sample, env);
    expect(await (await fetch(app.url)).text()).toContain('<h1>Verify your identity</h1>'); // leaves a connection open
    expect(await app.stop(signal)).toBe(0);
    expect(app.output()).toBe(`Sample app: ${app.url}`);
  });
});
