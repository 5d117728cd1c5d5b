import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { MockContractError, type MockEvent, type MockOptions, MockOptionsError, startMock } from '../src/index.ts';
import { basic, createSession, open, requestToken } from './helpers.ts';

const installed = createRequire(import.meta.url).resolve('@didit-data/openapi/didit-data.yaml');
let folder: string;
let contract: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'didit mock '));
  cpSync(join(dirname(installed), 'examples'), join(folder, 'examples'), { recursive: true });
  contract = variant('same.yaml');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a listener that throws does not stop the reloading of contracts', async () => {
  const file = variant('watched.yaml');
  const events: string[] = [];
  const onEvent: MockOptions['onEvent'] = ({ event }) => {
    events.push(event);
    throw new Error('of the listener');
  };
  await using _mock = await startMock({ contract: file, watch: true, onEvent });
  for (const round of [1, 2]) {
    writeFileSync(file, readFileSync(file)); // saved again
    await vi.waitFor(() => expect(events).toEqual(Array(round).fill('contract-reloaded')), { timeout: 8_000 });
  }
});

describe('an answer that violates the contract', () => {
  const get = async (path: string, required: [RegExp, string]) => {
    await using mock = await startMock({ contract: variant('strict.yaml', required) });
    const session = await createSession(mock, { scope: 'names' });
    const response = await fetch(`${mock.url}${path.replace('{id}', session.body.session_id)}`, {
      headers: { 'x-api-key': mock.clientSecret },
    });
    return { status: response.status, body: await response.json() };
  };

  test('a missing member is a 500 that names the operation and the violation', async () => {
    const change: [RegExp, string] = [
      /required: \[session_id, status\]/,
      'required: [session_id, status, never_there]',
    ];
    expect(await get('/auth/v2/session/{id}/decision/', change)).toEqual({
      status: 500,
      body: { message: expect.stringMatching(/getSessionDecision answered 200, .*never_there/) },
    });
  });

  test('refusals are checked too', async () => {
    const change: [RegExp, string] = [/required: \[detail\]/, 'required: [detail, never_there]'];
    const all: [RegExp, string] = [/- \$ref: .#\/components\/schemas\/FieldErrors./, ''];
    await using mock = await startMock({ contract: variant('strict.yaml', change, all) });
    const response = await fetch(`${mock.url}/auth/v2/session/nobody/decision/`);
    expect([response.status, await response.json()]).toEqual([
      500,
      { message: expect.stringMatching(/getSessionDecision answered 403/) },
    ]);
  });

  test('the token operation is checked too', async () => {
    await using mock = await startMock({
      contract: variant('strict.yaml', [/required: \[access_token\]/, 'required: [access_token, token_type]']),
    });
    await expect(requestToken(mock)).rejects.toThrow(/issueToken answered 200, .*token_type/);
  });

  test('an undocumented status is a violation', async () => {
    await using mock = await startMock({ contract: without('404') });
    const headers = { 'x-api-key': mock.clientSecret };
    const response = await fetch(`${mock.url}/auth/v2/session/nobody/decision/`, { headers });
    expect([response.status, await response.text()]).toEqual([500, expect.stringMatching(/answered 404.*200,400/)]);
  });
});

test('an undocumented refusal of a credential is sent, and is a warning at the start', async () => {
  const events: MockEvent[] = [];
  await using mock = await startMock({ contract: without('401', '403'), onEvent: (event) => events.push(event) });
  const ask = (headers = {}) => fetch(`${mock.url}/auth/v2/session/nobody/decision/`, { headers });
  const [missing, wrong] = [await ask(), await ask({ authorization: 'Bearer made-up' })];
  expect([missing.status, await missing.json()]).toEqual([
    403,
    { detail: 'Authentication credentials were not provided.' },
  ]);
  expect([wrong.status, await wrong.json()]).toMatchObject([401, { code: 'token_not_valid' }]);
  expect(events.filter(({ event }) => event === 'contract-warning')).toMatchObject([
    { message: expect.stringMatching(/documents no 401 for getSessionDecision/) },
    { message: expect.stringMatching(/documents no 403 for getSessionDecision/) },
  ]);
});

test('an operation with HTTP Basic in a variant of the contract is not the token endpoint', async () => {
  const file = variant('basic.yaml', [
    /^paths:/m,
    `paths:
  /auth/v2/report/:
    get:
      operationId: getReport
      security: [{ clientCredentials: [] }]
      responses:
        '200': { description: A report., content: { application/json: { example: { pages: 3 } } } }
        '401': { $ref: '#/components/responses/TokenUnauthorized' }`,
  ]);
  await using mock = await startMock({ contract: file });
  const ask = (headers = {}) => fetch(`${mock.url}/auth/v2/report/`, { headers });
  const answer = await ask({ authorization: basic(mock.clientId, mock.clientSecret) });
  expect([answer.status, await answer.json()]).toEqual([200, { pages: 3 }]);
  expect((await ask()).status).toBe(401);
  expect((await requestToken(mock)).status).toBe(200);
});

describe('another contract', () => {
  test('is found by path and by file URL, also with a space', async () => {
    for (const given of [contract, pathToFileURL(contract), pathToFileURL(contract).href]) {
      await using mock = await startMock({ contract: given });
      expect((await (await open(mock, 'names')).decision()).status).toBe(200);
    }
  });

  test('an unknown operation is answered with its examples', async () => {
    const extra = withExtra('/auth/v2/extra/{name}/', 'name');
    await using mock = await startMock({ contract: extra });
    const url = `${mock.url}/auth/v2/extra/x/`;
    expect((await fetch(url)).status).toBe(403);
    const response = await fetch(url, { headers: { 'x-api-key': mock.clientSecret } });
    expect([response.status, await response.json()]).toEqual([200, { more: true }]);
  });

  test('an operation with another name and other parameter names keeps its behaviour', async () => {
    const renamed = variant(
      'renamed.yaml',
      [/operationId: getSessionDecision/, 'operationId: getDecision'],
      [/operationId: getSessionStatus/, 'operationId: status'],
    );
    const text = readFileSync(renamed, 'utf8')
      .replaceAll('{session_id}', '{id}')
      .replaceAll('name: session_id', 'name: id');
    writeFileSync(renamed, text);
    const told: MockEvent[] = [];
    await using mock = await startMock({ contract: renamed, onEvent: (event) => told.push(event) });
    expect(told).toEqual([]);
    const headers = { 'x-api-key': mock.clientSecret };
    expect((await fetch(`${mock.url}/auth/v2/session/nobody/decision/`, { headers })).status).toBe(404);
    const declined = await open(mock, 'names', 'mock:declined');
    expect((await declined.decision()).body).toMatchObject({ status: expect.stringMatching(/initialized|declined/i) });
  });

  test('an unknown operation is reported, and answers 404 for an unknown session', async () => {
    const extra = withExtra('/auth/v2/session/{session_id}/extra/', 'session_id', '404');
    const told: MockEvent[] = [];
    const onEvent = (event: MockEvent) => told.push(event);
    await using mock = await startMock({ contract: extra, onEvent });
    expect(told).toEqual([{ event: 'examples-only', operations: ['getExtra'] }]);
    const headers = { 'x-api-key': mock.clientSecret };
    const get = (id: string, more = {}) =>
      fetch(`${mock.url}/auth/v2/session/${id}/extra/`, { headers: { ...headers, ...more } });
    const session = await createSession(mock, { scope: 'names' });
    expect((await get('nobody')).status).toBe(404);
    expect((await get(session.body.session_id)).status).toBe(200);
    expect((await get('nobody', { prefer: 'code=200' })).status).toBe(200);
  });

  test.each([
    ['missing.yaml', undefined],
    ['broken.yaml', 'openapi: 3.1.0\n  paths: ['],
    ['other.yaml', 'hello: world'],
    ['empty.yaml', 'openapi: 3.1.0\ninfo: { title: x, version: 1.0.0 }\npaths: {}'],
  ])('%s is refused by name', async (name, text) => {
    const file = join(folder, name);
    if (text !== undefined) writeFileSync(file, text);
    const failure = await startMock({ contract: file }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MockContractError);
    expect(String(failure)).toContain(file);
    expect(String(failure).split(file), 'named once').toHaveLength(2);
    expect(String(failure)).not.toMatch(/[\n:]$/);
  });
});

describe('options', () => {
  const client = { clientId: 'a', clientSecret: 'b' };
  const bad: [string, MockOptions][] = [
    ['port', { port: -1 }],
    ['port', { port: 65_536 }],
    ['port', { port: 1.5 }],
    ['host', { host: '' }],
    ['contract must not be empty', { contract: '' }],
    ['maxSessions', { maxSessions: 0 }],
    ['maxSessions', { maxSessions: 1.5 }],
    ['at least one client', { clients: [] }],
    ['clientId', { clients: [{ clientId: '', clientSecret: 'x' }] }],
    ['colon', { clients: [{ clientId: 'a:b', clientSecret: 'x' }] }],
    ['clientSecret', { clients: [{ clientId: 'a', clientSecret: '' }] }],
    ['two clients have the same clientId', { clients: [client, client] }],
    ['tokenLifetimeSeconds', { clients: [{ ...client, tokenLifetimeSeconds: 0 }] }],
    ['tokenLifetimeSeconds', { clients: [{ ...client, tokenLifetimeSeconds: Number.NaN }] }],
    ['scenario', { scenario: 'nope' as 'confirmed' }],
    ['file:', { contract: new URL('https://example.com/contract.yaml') }],
  ];

  test.each(bad)('%s: %j is refused', async (message, options) => {
    const failure = await startMock(options).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MockOptionsError);
    expect(String(failure)).toContain(message);
  });

  test('a port in use is Node’s own error', async () => {
    await using mock = await startMock();
    await expect(startMock({ port: mock.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('localhost and IPv6 result in a usable address', async () => {
    for (const host of ['localhost', '0.0.0.0', '::1', '[::1]']) {
      await using mock = await startMock({ host });
      expect((await fetch(`${mock.url}/__mock/health`)).status).toBe(200);
    }
  });
});

/** Writes a variant of the contract next to its examples, in a directory with a space in its name. */
function variant(name: string, ...changes: [from: RegExp, to: string][]): string {
  let text = readFileSync(installed, 'utf8');
  for (const [from, to] of changes) {
    expect(text).toMatch(from);
    text = text.replace(from, to);
  }
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** A variant with one more operation, which documents the usual answers and, on request, a 404. */
function withExtra(path: string, parameter: string, more?: '404'): string {
  return variant('extra.yaml', [
    /^paths:/m,
    `paths:
  ${path}:
    get:
      operationId: getExtra
      parameters: [{ name: ${parameter}, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: More.
          content: { application/json: { schema: { type: object }, example: { more: true } } }
        '401': { $ref: '#/components/responses/Unauthorized' }
        '403': { $ref: '#/components/responses/Forbidden' }
        ${more ? "'404': { $ref: '#/components/responses/NotFound' }" : ''}`,
  ]);
}

/** The installed contract without some responses of the decision. */
function without(...codes: string[]): string {
  const text = readFileSync(installed, 'utf8');
  const at = text.search(/^ {2}\/auth\/v2\/session\/\{session_id\}\/decision\//m);
  const rest = codes.reduce((left, code) => left.replace(new RegExp(` {8}.${code}.:\n.*\n`), ''), text.slice(at));
  const file = join(folder, 'without.yaml');
  writeFileSync(file, text.slice(0, at) + rest);
  return file;
}
