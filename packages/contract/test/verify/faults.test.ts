import { type Fault, type Mock, startMock } from '@didit-data/mock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/verify/report.ts';
import { verify } from '../../src/verify/verify.ts';
import { contract, operations } from '../support/contract.ts';
import { servePlanted } from '../support/planted-server.ts';

let mock: Mock;
beforeEach(async () => {
  mock = await startMock();
});
afterEach(() => mock.close());

describe.each(operations.map(({ id }) => id))('%s', (id) => {
  test.each<[Fault, string]>([
    [{ kind: 'schema-violation' }, 'wrong-type'],
    [{ kind: 'wrong-content-type' }, 'wrong-content-type'],
    [{ kind: 'malformed' }, 'not-json'],
    [{ kind: 'malformed', body: '{"status":' }, 'not-json'],
    [{ kind: 'html', status: 200 }, 'wrong-content-type'],
    [{ kind: 'status', status: 418 }, 'undocumented-status'],
    [{ kind: 'status', status: 302, headers: { location: '/elsewhere' } }, 'undocumented-status'],
  ])('%o is found', async (fault, kind) => {
    mock.fault(id, { ...fault, times: 1 });
    const report = await run();
    expect(report.deviations.map((deviation) => `${deviation.operation} ${deviation.kind}`)).toEqual([`${id} ${kind}`]);
    expect(report.failures).toEqual([]);
    expect(exitCodeOf(report)).toBe(1);
  });

  test.each<[Fault, RegExp]>([
    [{ kind: 'reset' }, /no complete answer from http:.*: ECONNRESET\. Check --url/],
    [{ kind: 'empty' }, /no complete answer from http:.*: UND_ERR_SOCKET\. Check --url/],
    [{ kind: 'hang' }, /not complete within 0\.5 s/],
    [{ kind: 'truncate' }, /no complete answer/],
    [{ kind: 'html' }, /answered 502 .*, which says nothing about the rest\. Run it again later\./],
    [{ kind: 'status', status: 503 }, /answered 503 .*, which says nothing about the rest\. Run it again later\./],
    [{ kind: 'status', status: 500 }, /answered 500/],
  ])('%o is not a deviation, and the run is not complete', async (fault, message) => {
    mock.fault(id, { ...fault, times: 1 });
    const report = await run(500);
    expect(report.deviations).toEqual([]);
    expect(report.failures).toEqual([expect.stringMatching(message)]);
    expect(report.failures[0]).toMatch(new RegExp(`^${id}`));
    expect(exitCodeOf(report)).toBe(2);
  });
});

test('a 429 without its headers is allowed, and the report names them', async () => {
  mock.fault('getSessionDecision', { kind: 'status', status: 429, times: 1 });
  const { deviations, notes } = await run();
  expect(deviations).toEqual([]);
  expect(notes.map(({ kind, at }) => `${kind} ${at}`)).toEqual([
    'missing-header Retry-After',
    'missing-header X-RateLimit-Limit',
    'missing-header X-RateLimit-Remaining',
    'missing-header X-RateLimit-Reset',
  ]);
});

test('nothing is written without leave, and a session that was given is asked for', async () => {
  const target = { baseUrl: mock.url, credentials: { apiKey: mock.clientSecret }, write: false, timeoutMs: 10_000 };
  await verify(contract, target);
  expect(mock.requests.filter(({ operationId }) => operationId === 'createSession')).toEqual([]);

  const body = JSON.stringify({ scope: 'names' });
  const headers = { 'x-api-key': mock.clientSecret, 'content-type': 'application/json' };
  const created = await fetch(`${mock.url}/auth/v2/session`, { method: 'POST', headers, body });
  const { session_id: id, session_token: token } = (await created.json()) as Record<
    'session_id' | 'session_token',
    string
  >;
  const report = await verify(contract, { ...target, session: { id, token } });
  expect(report).toMatchObject({ deviations: [], failures: [] });
  expect(report.withoutSuccess.map(({ operation }) => operation)).toEqual(['issueToken', 'createSession']);
  expect(report.replayed).toContainEqual({
    operation: 'getSessionDecision',
    request: 'for the session given',
    status: 200,
  });
  expect(mock.requests.filter(({ operationId }) => operationId === 'createSession')).toHaveLength(1);
});

test('credentials or a session that the service refuses are not a deviation, and the report says what to check', async () => {
  const target = { baseUrl: mock.url, write: false, timeoutMs: 10_000 };
  const wrongSecret = await verify(contract, {
    ...target,
    credentials: { clientId: mock.clientId, clientSecret: 'x' },
  });
  expect(wrongSecret.deviations).toEqual([]);
  expect(wrongSecret.failures[0]).toMatch(/^issueToken answered 401 for a token\. Check --url, DIDIT_CLIENT_ID and/);

  const wrongKey = await verify(contract, { ...target, credentials: { apiKey: 'x' } });
  expect(wrongKey.deviations).toEqual([]);
  expect(wrongKey.failures.join()).toMatch(
    /getSessionDecision answered 401 .*Check the credentials in the environment/,
  );

  const credentials = { apiKey: mock.clientSecret };
  const wrongSession = await verify(contract, { ...target, credentials, session: { id: 'none' } });
  expect(wrongSession.deviations).toEqual([]);
  expect(wrongSession.failures).toEqual([
    expect.stringMatching(/answered 404 for the session given\. Check --session/),
  ]);
});

test('an operation that nobody knows how to ask for keeps a run from being complete', async () => {
  const { document, locate } = contract;
  const paths = { ...document.paths, '/auth/v2/me': { get: { operationId: 'getMe', responses: {} } } };
  const credentials = { apiKey: mock.clientSecret };
  const target = { baseUrl: mock.url, credentials, write: true, timeoutMs: 10_000 };
  const report = await verify({ document: { ...document, paths }, locate }, target);
  expect(report.withoutSuccess).toContainEqual({ operation: 'getMe', why: 'there is no probe for it' });
  expect(report.failures).toEqual([
    expect.stringMatching(/has no probe\. Write one in packages\/contract\/src\/verify/),
  ]);
  expect(exitCodeOf(report)).toBe(2);
});

test('a body without an end is let go, and the run is not complete', async () => {
  await using server = await servePlanted({
    getSessionDecision: (draft) => {
      draft.body = new Uint8Array(6 * 1024 * 1024).fill(0x20);
    },
  });
  const { clientId, clientSecret } = server.mock;
  const target = { baseUrl: server.url, credentials: { clientId, clientSecret }, write: true, timeoutMs: 10_000 };
  const report = await verify(contract, target);
  expect(report.failures.join()).toMatch(
    /getSessionDecision: no complete answer .* the body is larger than 5242880 bytes/,
  );
});

function run(timeoutMs = 10_000) {
  return verify(contract, {
    baseUrl: mock.url,
    credentials: { clientId: mock.clientId, clientSecret: mock.clientSecret },
    write: true,
    timeoutMs,
  });
}
