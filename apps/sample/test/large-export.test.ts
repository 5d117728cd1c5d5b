import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { expect, onTestFinished, test, vi } from 'vitest';
import { deriveKey } from '../src/config.ts';

import type { SharedItem } from '../src/session.ts';
import { openDatabase, transaction } from '../src/store/database.ts';
import { createExportStore, type ExportFormat } from '../src/store/export-store.ts';
import { createSeal } from '../src/store/seal.ts';
import { createSessionStore } from '../src/store/session-store.ts';
import { startApp } from './support/running-app.ts';
import { confirmed, openSite } from './support/site.ts';
import { temporaryDatabase } from './support/temporary.ts';
import { operatorPassword } from './support/visitor.ts';

const sample = fileURLToPath(new URL('..', import.meta.url));
const authorization = `Basic ${btoa(`operator:${operatorPassword}`)}`;
const secret = 'the-secret';
const count = 20_000;
const items: readonly SharedItem[] = [{ name: 'address', value: 'x'.repeat(4_000), verification: 'unstated' }];

/** Fills a database with confirmed sessions, and an export of all of them. @returns the path of its file on the site */
function fill(file: string, rows: number, format: ExportFormat, isMade = true): string {
  const database = openDatabase(file);
  const seal = createSeal(deriveKey(secret, 'storage'));
  const [sessions, exports] = [createSessionStore(database, seal), createExportStore(database, seal)];
  const id = transaction(database, () => {
    for (let row = 0; row < rows; row += 1) {
      sessions.reserve({ owner: 'o', form: `s-${row}`, reference: `order ${row}`, asked: ['address'] });
      sessions.end(`s-${row}`, {
        state: 'confirmed',
        items: [{ name: 'is_over_18', value: 'Yes', verification: 'verified' }],
      });
    }
    const { id } = exports.add({ form: 'f', format, isMasked: false, query: { text: '' } });
    if (!isMade) return id;
    for (const session_id of exports.pendingSessionIds(id)) {
      exports.settle(id, session_id, {
        session_id,
        reference: session_id,
        confirmed_at: '2030-01-01T00:00:00.000Z',
        items,
      });
    }
    exports.finish(id, 'done');
    return id;
  });
  database.close();
  return `/operators/exports/${id}/file`;
}

async function download(url: string): Promise<IncomingMessage> {
  const [response] = await once(get(url, { headers: { authorization }, agent: false }), 'response');
  return response;
}

test('a large export is sent in little memory, while others are served', { timeout: 120_000 }, async () => {
  const SAMPLE_DATABASE = await temporaryDatabase();
  const path = fill(SAMPLE_DATABASE, count, 'csv');
  const app = await startApp(sample, {
    DIDIT_BASE_URL: 'http://127.0.0.1:9',
    DIDIT_CLIENT_ID: 'id',
    DIDIT_CLIENT_SECRET: secret,
    SAMPLE_DATABASE,
    SAMPLE_OPERATOR_PASSWORD: operatorPassword,
  });
  onTestFinished(async () => void (await app.stop()));
  const peakMb = async () =>
    Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${app.pid}/status`, 'utf8'))?.[1]) / 1_024;
  await (await fetch(app.url)).text();
  const before = await peakMb();

  let isDone = false;
  let [slowest, looks] = [0, 0];
  const others = (async () => {
    for (; !isDone; looks += 1) {
      const begun = performance.now();
      await (await fetch(app.url)).text();
      slowest = Math.max(slowest, performance.now() - begun);
      await sleep(5);
    }
  })();
  const from = performance.now();
  let [size, records] = [0, 0];
  for await (const chunk of await download(`${app.url}${path}`)) {
    size += chunk.length;
    for (const byte of chunk) if (byte === 10) records += 1;
  }
  const took = performance.now() - from;
  isDone = true;
  await others;
  expect(records).toBe(count + 1);
  expect(size).toBeGreaterThan(count * 4_000);
  expect(looks).toBeGreaterThan(5);
  expect(slowest).toBeLessThan(Math.max(500, took / 4)); // nobody waits for the file
  expect((await peakMb()) - before).toBeLessThan(120);

  const table = await fetch(`${app.url}/operators`, { headers: { authorization } });
  expect(await table.text()).toContain(`${count} sessions`);
});

test('a large export contains each decision once, also after a restart in between', async () => {
  const file = await temporaryDatabase();
  const path = fill(file, 600, 'ndjson', false);
  let answers = 0;
  const service = (last: number) => ({
    file,
    secret,
    operatorPassword,
    decision: (_: string, session_id: string) => {
      answers += 1;
      if (answers > last) return new Promise<Response>(() => {});
      return confirmed({ address: { street: 'x' } })(`order ${session_id.slice(2)}`, session_id);
    },
  });
  const before = openSite(service(230));
  before.app.resume();
  await vi.waitFor(() => expect(answers).toBeGreaterThan(230), 10_000);
  await before.close();

  const after = openSite(service(10_000));
  after.app.resume();
  const operator = after.newVisitor();
  const body = await vi.waitFor(async () => {
    const found = await operator.get(path, operator.asOperator);
    expect(found.status).toBe(200);
    return found.text;
  }, 15_000);
  const lines = body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).session_id);
  expect(lines).toHaveLength(600);
  expect(new Set(lines).size).toBe(600);
  expect(answers).toBeLessThan(700);
});

test('a large export is read from the database no faster than it is downloaded, and no further once the download ends', async () => {
  const file = await temporaryDatabase();
  const path = fill(file, 5_000, 'ndjson');
  const { app } = openSite({ file, secret, operatorPassword });
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0, overrideGlobalObjects: false });
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const read = vi.spyOn(StatementSync.prototype, 'all');
  onTestFinished(() => read.mockRestore());

  const response = await download(url);
  await once(response, 'readable');
  response.read(1);
  await sleep(300);
  const soFar = read.mock.calls.length;
  expect(soFar).toBeLessThan(60); // of a hundred pages; the rest is in the buffers of two sockets
  response.destroy();
  await sleep(300);
  expect(read.mock.calls.length).toBeLessThanOrEqual(soFar + 2);
});

test('an export that is deleted while it is sent breaks the connection, and does not look complete', async () => {
  const file = await temporaryDatabase();
  const path = fill(file, 5_000, 'ndjson');
  let time = Date.now();
  const { app, entries } = openSite({ file, secret, operatorPassword, now: () => time });
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0, overrideGlobalObjects: false });
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const response = await download(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  await once(response, 'readable');
  time += 2 * 3_600_000;
  app.sweep();
  await expect(response.toArray()).rejects.toThrow('aborted');
  expect(entries.at(-1)).toMatch(/^export Error\n/);
});

test.each([
  ['csv', /^session_id,reference,confirmed_at,names,[\w,]+\r\n$/],
  ['ndjson', /^$/],
] as const)('an export without decisions as %s', async (format, expected) => {
  const file = await temporaryDatabase();
  const path = fill(file, 0, format);
  const operator = openSite({ file, secret, operatorPassword }).newVisitor();
  expect((await operator.get(path, operator.asOperator)).text).toMatch(expected);
});

test('HEAD on an export reads none of it', async () => {
  const file = await temporaryDatabase();
  const path = fill(file, 100, 'csv');
  const { app } = openSite({ file, secret, operatorPassword });
  const read = vi.spyOn(StatementSync.prototype, 'all');
  onTestFinished(() => read.mockRestore());
  const { status, body } = await app.request(path, { method: 'HEAD', headers: { authorization } });
  expect([status, body, read.mock.calls.length]).toEqual([200, null, 0]);
});
