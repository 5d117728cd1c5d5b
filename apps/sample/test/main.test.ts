import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { startApp } from './support/running-app.ts';
import { temporaryDatabase } from './support/temporary.ts';

const sample = fileURLToPath(new URL('..', import.meta.url));
const env = { DIDIT_BASE_URL: 'http://127.0.0.1:9', DIDIT_CLIENT_ID: 'id', DIDIT_CLIENT_SECRET: 'the-secret' };

test('the settings default to any free port on loopback, a file of the app’s own, a day, and no operators', () => {
  expect(readConfig(env)).toEqual({
    baseUrl: 'http://127.0.0.1:9',
    clientId: 'id',
    clientSecret: 'the-secret',
    host: '127.0.0.1',
    port: 0,
    publicUrl: undefined,
    database: `${sample}data/sample.db`,
    secret: 'the-secret',
    operatorPassword: undefined,
    retentionMs: 24 * 3_600_000,
    intervalMs: 2_000,
  });
});

test.each([
  ['PORT', 'x', 'PORT must be a number from 0 to 65535'],
  ['PORT', '-1', 'PORT must be a number'],
  ['PORT', '65536', 'PORT must be a number'],
  ['PORT', '80.5', 'PORT must be a number'],
  ['PORT', '1e3', 'PORT must be a number'],
  ['SAMPLE_RETENTION_HOURS', '0', 'SAMPLE_RETENTION_HOURS must be a number from 1 to 8760'],
  ['SAMPLE_INTERVAL_MS', '1', 'SAMPLE_INTERVAL_MS must be a number from 50 to 60000'],
  ['SAMPLE_SECRET', 'short', 'SAMPLE_SECRET must have at least 32 characters'],
  ['SAMPLE_OPERATOR_PASSWORD', 'short', 'SAMPLE_OPERATOR_PASSWORD must have at least 12 characters'],
  ['PUBLIC_URL', 'shop.example', 'PUBLIC_URL must be an http or https address without a path'],
  ['PUBLIC_URL', 'https://shop.example/path', 'PUBLIC_URL must be'],
  ['PUBLIC_URL', 'ftp://shop.example', 'PUBLIC_URL must be'],
])('the settings refuse %s=%s', (name, value, message) => {
  expect(() => readConfig({ ...env, [name]: value })).toThrow(message);
});

test('node src/main.ts names every setting that is missing', async () => {
  await expect(startApp(sample, { DIDIT_CLIENT_ID: 'id', DIDIT_CLIENT_SECRET: '' })).rejects.toThrow(
    /exit code 1: The sample app cannot start: These environment variables are not set: DIDIT_BASE_URL, DIDIT_CLIENT_SECRET\.$/,
  );
});

test('node src/main.ts names an invalid setting, without its value', async () => {
  const started = startApp(sample, { ...env, DIDIT_BASE_URL: 'http://user:pw@didit.example' });
  await expect(started).rejects.toThrow(
    /exit code 1: The sample app cannot start: `baseUrl` must not hold credentials\.$/,
  );
});

test('node src/main.ts says when its port is in use, or its file is not a database', async () => {
  const SAMPLE_DATABASE = await temporaryDatabase();
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const started = startApp(sample, { ...env, SAMPLE_DATABASE, PORT: String(port) });
  await expect(started).rejects.toThrow(/exit code 1: .*EADDRINUSE/);
  other.close();
  await mkdir(dirname(SAMPLE_DATABASE), { recursive: true });
  await writeFile(
    SAMPLE_DATABASE,
    'a text that is no database, and long enough to be seen as one that is broken: '.repeat(99),
  );
  await expect(startApp(sample, { ...env, SAMPLE_DATABASE })).rejects.toThrow(
    /exit code 1: The sample app cannot start: file is not a database$/,
  );
});

test('node src/main.ts refuses a database that another process uses, until that process ends, however it ends', async () => {
  const SAMPLE_DATABASE = await temporaryDatabase();
  const first = await startApp(sample, { ...env, SAMPLE_DATABASE });
  const other = join(dirname(SAMPLE_DATABASE), 'link.db');
  await symlink(SAMPLE_DATABASE, other);
  for (const path of [SAMPLE_DATABASE, other]) {
    await expect(startApp(sample, { ...env, SAMPLE_DATABASE: path })).rejects.toThrow(
      /exit code 1: The sample app cannot start: Another process uses this database\. Stop that process, or name another file in SAMPLE_DATABASE\.$/,
    );
  }
  expect((await fetch(first.url)).status).toBe(200);
  await first.stop('SIGKILL');
  const second = await startApp(sample, { ...env, SAMPLE_DATABASE });
  expect(await second.stop()).toBe(0);
  const third = await startApp(sample, { ...env, SAMPLE_DATABASE });
  expect(await third.stop()).toBe(0);
});

test.each<[NodeJS.Signals, NodeJS.Signals]>([
  ['SIGTERM', 'SIGINT'],
  ['SIGINT', 'SIGTERM'],
])('node src/main.ts serves until %s and then ends cleanly, also when %s follows', async (signal, other) => {
  const app = await startApp(sample, { ...env, SAMPLE_DATABASE: await temporaryDatabase() });
  expect(await (await fetch(app.url)).text()).toContain('<h1>Verify your identity</h1>'); // leaves a connection open
  const ended = [app.stop(signal), app.stop(other)]; // as of a terminal and of a parent
  expect(await Promise.all(ended)).toEqual([0, 0]);
  expect(app.output()).toBe(`Sample app: ${app.url}`);
});
