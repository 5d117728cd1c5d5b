import { readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startMock } from '@didit-data/mock';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { copyOutside, type OutsideApp } from './support/outside.ts';
import { startApp } from './support/running-app.ts';
import { temporaryDatabase } from './support/temporary.ts';
import { openForm } from './support/visitor.ts';

let outside: OutsideApp;
beforeAll(async () => {
  outside = await copyOutside();
}, 180_000);
afterAll(() => outside?.remove());

test('the copy outside the workspace has the packed client', async () => {
  const installed = join(outside.directory, 'node_modules/@didit-data/client');
  expect(await realpath(installed)).toBe(join(await realpath(outside.directory), 'node_modules/@didit-data/client'));
  await expect(realpath(join(installed, 'test'))).rejects.toThrow('ENOENT'); // a link would lead to the workspace
});

test('the copy outside the workspace compiles', async () => {
  expect(await outside.typecheck()).toMatchObject({ code: 0, output: '' });
});

test('the copy does not compile when the contract retypes a field that it uses', async () => {
  const path = join(outside.directory, 'node_modules/@didit-data/client/dist/index.d.ts');
  const types = await readFile(path, 'utf8');
  const retyped = types.replace(/(\bEmail: \{[^}]*\bis_verified\?: )boolean\b/, '$1string');
  expect(retyped).not.toBe(types);
  await writeFile(path, retyped);
  try {
    const { code, output } = await outside.typecheck();
    expect(code).not.toBe(0);
    expect(output).toMatch(/^src\/flow\/shared-items\.ts\(\d+,\d+\): error TS2345: .*'string/m);
    expect(output.match(/error TS/g)).toHaveLength(1);
  } finally {
    await writeFile(path, types);
  }
});

test('the copy starts, and asks the service for a session', async () => {
  const mock = await startMock({ scenario: 'pending' });
  onTestFinished(() => mock.close());
  const app = await startApp(outside.directory, {
    DIDIT_BASE_URL: mock.url,
    DIDIT_CLIENT_ID: mock.clientId,
    DIDIT_CLIENT_SECRET: mock.clientSecret,
    SAMPLE_DATABASE: await temporaryDatabase(),
  });
  onTestFinished(async () => expect(await app.stop()).toBe(0));
  const { cookie, form } = await openForm(app.url);
  const headers = { cookie, origin: app.url };
  const body = new URLSearchParams({ form, scope: 'names' });
  const page = await fetch(`${app.url}/sessions`, { method: 'POST', headers, body });
  expect(await page.text()).toContain('Continue in the Didit app');
  expect(mock.requests.map(({ operationId }) => operationId)).toContain('createSession');
});
