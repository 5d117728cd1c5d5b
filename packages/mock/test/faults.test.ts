import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMock, type Fault, type InProcessMock, type Mock, MockOptionsError, startMock } from '../src/index.ts';

let server: Mock;
let inside: InProcessMock;
beforeAll(async () => {
  [server, inside] = await Promise.all([startMock(), createMock()]);
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  inside.reset();
});

/** A fault must look the same with and without a socket. */
const ways = [
  ['over a socket', () => ({ mock: server, ask: fetch, url: server.url })],
  ['in process', () => ({ mock: inside, ask: inside.fetch, url: inside.url })],
] as const;

describe.each(ways)('%s', (_way, way) => {
  const play = (fault: Fault, init?: RequestInit) => {
    const { mock } = way();
    mock.fault('getSessionDecision', { times: 1, ...fault });
    return outcome(way(), init);
  };

  test('status, with headers and a body', async () => {
    const headers = { 'Retry-After': '7' };
    const first = await play({ kind: 'status', status: 503, headers });
    expect([first.status, first.headers?.get('retry-after')]).toEqual([503, '7']);
    expect(JSON.parse(first.text ?? '')).toEqual({ detail: 'A fault of the mock: 503.' });
    expect((await play({ kind: 'status', status: 418, body: { a: 1 } })).text).toBe('{"a":1}');
    expect(await play({ kind: 'status', status: 599, body: 'plain' })).toMatchObject({
      text: 'plain',
      type: expect.stringMatching(/^text/),
    });
    expect(await play({ kind: 'status', status: 204 })).toMatchObject({ status: 204, text: '' });
    expect((await outcome(way())).status).toBe(404); // each has played once
  });

  test('html', async () => {
    expect(await play({ kind: 'html' })).toMatchObject({
      status: 502,
      type: 'text/html',
      text: expect.stringMatching(/^<html>/),
    });
    expect(await play({ kind: 'html', status: 200, body: '<p>' })).toMatchObject({ status: 200, text: '<p>' });
  });

  test('malformed and wrong-content-type', async () => {
    const malformed = await play({ kind: 'malformed' });
    expect(malformed).toMatchObject({ status: 404, type: 'application/json' });
    expect(() => JSON.parse(malformed.text ?? '')).toThrow(SyntaxError);
    expect(await play({ kind: 'malformed', body: '{' })).toMatchObject({ text: '{' });
    expect(await play({ kind: 'wrong-content-type' })).toMatchObject({
      type: expect.stringMatching(/^text.plain/),
      text: expect.stringMatching(/^."detail"/),
    });
  });

  test('reset', async () => {
    const { error, cause } = await play({ kind: 'reset' });
    expect([error, cause]).toMatchObject([{ name: 'TypeError', message: 'fetch failed' }, { code: 'ECONNRESET' }]);
  });

  test('empty', async () => {
    const { error, cause } = await play({ kind: 'empty' });
    expect([error, cause]).toMatchObject([{ name: 'TypeError', message: 'fetch failed' }, { code: 'UND_ERR_SOCKET' }]);
  });

  test('truncate: a status, then a body that ends too early', async () => {
    const { status, error, cause } = await play({ kind: 'truncate' });
    expect(status).toBe(404);
    expect([error, cause]).toMatchObject([{ name: 'TypeError', message: 'terminated' }, { code: 'UND_ERR_SOCKET' }]);
  });

  test('hang, until the caller gives up', async () => {
    const reason = AbortSignal.timeout(100);
    const { error } = await play({ kind: 'hang' }, { signal: reason });
    expect(error?.name).toBe('TimeoutError');
    expect(way().mock.requests).toMatchObject([{ fault: 'hang', status: undefined }]);
  });

  test('delay and slow-drip take time and change nothing', async () => {
    const begun = Date.now();
    expect((await play({ kind: 'delay', ms: 150 })).status).toBe(404);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(145);
    const dripped = Date.now();
    expect(await play({ kind: 'slow-drip', ms: 200 })).toMatchObject({ status: 404, text: '{"detail":"Not found."}' });
    expect(Date.now() - dripped).toBeGreaterThanOrEqual(150);
  });

  test('a delay ends when the call is aborted', async () => {
    const begun = Date.now();
    const { error } = await play({ kind: 'delay', ms: 5000 }, { signal: AbortSignal.timeout(50) });
    expect([error?.name, Date.now() - begun < 2000]).toEqual(['TimeoutError', true]);
  });

  test('schema-violation violates the contract and is sent', async () => {
    const { mock, ask, url } = way();
    const headers = { 'x-api-key': mock.clientSecret, 'content-type': 'application/json' };
    const create = () => ask(`${url}/auth/v2/session`, { method: 'POST', headers, body: '{"scope":"names"}' });
    const { session_id } = await (await create()).json();
    mock.fault('getSessionDecision', { kind: 'schema-violation', times: 1 });
    const decision = () => ask(`${url}/auth/v2/session/${session_id}/decision/`, { headers });
    const first = await decision();
    expect(first.status).toBe(200);
    expect((await first.json()).session_id).toBe(42);
    expect((await (await decision()).json()).session_id).toBe(session_id);
    for (const operation of ['createSession', 'issueToken']) mock.fault(operation, { kind: 'schema-violation' });
    const violated = await (await create()).json();
    expect(Object.values(violated)).toContain(42);
  });
});

describe('which fault plays', () => {
  const ask = async () => (await outcome(ways[1][1]())).status;

  test('the first one that was added; after its times, the next; * is any operation', async () => {
    inside.fault('getSessionDecision', { kind: 'status', status: 500, times: 2 });
    inside.fault('*', { kind: 'status', status: 501 });
    inside.fault('getSessionStatus', { kind: 'status', status: 502 });
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([500, 500, 501, 501]);
    inside.clearFaults();
    expect(await ask()).toBe(404);
  });

  test('the handle counts and clears', async () => {
    const fault = inside.fault('getSessionDecision', { kind: 'status', status: 500 });
    await ask();
    expect(fault.played).toBe(1);
    fault.clear();
    expect([await ask(), fault.played]).toEqual([404, 1]);
  });

  test('the probability is the same in every run, or uses the given numbers', async () => {
    const playing = async (mock: InProcessMock) => {
      mock.fault('getSessionDecision', { kind: 'status', status: 500, probability: 0.5 });
      const statuses: (number | undefined)[] = [];
      for (let index = 0; index < 40; index += 1) {
        statuses.push((await outcome({ mock, ask: mock.fetch, url: mock.url })).status);
      }
      return statuses;
    };
    const first = await playing(await createMock());
    expect(await playing(await createMock())).toEqual(first);
    expect(first.filter((status) => status === 500).length).toBeGreaterThan(10);
    expect(first.filter((status) => status === 404).length).toBeGreaterThan(10);
    const numbers = [0.4, 0.6];
    const [once, twice] = await playing(await createMock({ random: () => numbers.shift() ?? 1 }));
    expect([once, twice]).toEqual([500, 404]);
  });

  test('status and html change no state, and leave tokens valid', async () => {
    inside.fault('createSession', { kind: 'status', status: 503 });
    const response = await inside.fetch(`${inside.url}/auth/v2/session`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(503);
    const state = await (await inside.fetch(`${inside.url}/__mock/state`)).json();
    expect(state.sessions).toEqual([]);
  });

  test.each([
    [{ kind: 'nope' }, /kind must be one of: status, delay/],
    [{ kind: 'status' }, /needs the status/],
    [{ kind: 'status', status: 199 }, /from 200 to 599/],
    [{ kind: 'delay', status: 500 }, /delay has no status\. Only status, html have it\./],
    [{ kind: 'reset', times: 0 }, /times/],
    [{ kind: 'reset', probability: 2 }, /probability/],
    [{ kind: 'reset', ms: -1 }, /ms must be/],
    [{ kind: 'delay', ms: 2 ** 31 }, /ms must be/],
    [{ kind: 'status', status: 500, headers: { 'a b': 'c' } }, /headers/],
    [{ kind: 'status', status: 500, headers: { a: 'b\r\nc' } }, /headers/],
    [{ kind: 'status', status: 500, headers: { 'Content-Length': '1' } }, /content-length/],
    [{ kind: 'html', body: {} }, /must be a string/],
    [{ kind: 'reset', often: 1 }, /has no often/],
  ])('%j is refused', (fault, message) => {
    expect(() => inside.fault('getSessionDecision', fault as Fault)).toThrow(message);
    expect(() => inside.fault('getSessionDecision', fault as Fault)).toThrow(MockOptionsError);
  });

  test('the longest ms is the longest time of a timer', () => {
    expect(() => inside.fault('getSessionDecision', { kind: 'delay', ms: 2 ** 31 - 1 })).not.toThrow();
  });

  test('changing the object of an added fault changes nothing', async () => {
    const fault = { kind: 'status', status: 500, headers: { 'x-a': '1' }, body: { deep: { value: 1 } } } as const;
    const given = structuredClone(fault) as { status: number; headers: Record<string, string>; body: { deep: object } };
    inside.fault('getSessionDecision', given as Fault);
    given.status = 501;
    given.headers['x-a'] = '2';
    given.body.deep = {};
    const { status, headers, text } = await outcome(ways[1][1]());
    expect([status, headers?.get('x-a'), text]).toEqual([500, '1', '{"deep":{"value":1}}']);
  });

  test('an unknown operation is refused by name', () => {
    expect(() => inside.fault('getDecision', { kind: 'reset' })).toThrow(
      /no operation getDecision.*getSessionDecision/,
    );
  });
});

test('close does not wait for a hang', async () => {
  const mock = await startMock();
  mock.fault('*', { kind: 'hang' });
  mock.fault('*', { kind: 'delay', ms: 60_000 });
  const hanging = fetch(`${mock.url}/auth/v2/session/a/decision/`).catch((error: unknown) => error);
  await mock.waitForRequest('getSessionDecision');
  const begun = Date.now();
  await mock.close();
  expect(await hanging).toBeInstanceOf(TypeError);
  expect(Date.now() - begun).toBeLessThan(2000);
});

test('half-open and idle connections do not block others', async () => {
  const sockets = Array.from({ length: 200 }, (_, index) => {
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => {});
    if (index % 2 === 0) socket.write('POST /auth/v2/token/ HTTP/1.1\r\nHost: x\r\nContent-Le');
    if (index % 4 === 0) socket.end();
    return socket;
  });
  expect((await fetch(`${server.url}/__mock/health`)).status).toBe(200);
  let text = '';
  const half = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
  half.end('GET /__mock/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'); // sends no more, but still reads
  for await (const chunk of half) text += chunk;
  expect(text).toMatch(/^HTTP\/1\.1 200 /);
  for (const socket of sockets) socket.destroy();
});

/** The answer, or the error. */
async function outcome(
  { mock, ask, url }: ReturnType<(typeof ways)[number][1]>,
  init: RequestInit = {},
): Promise<{
  status?: number;
  type?: string | null;
  text?: string;
  headers?: Headers;
  error?: Error;
  cause?: unknown;
}> {
  const headers = { 'x-api-key': mock.clientSecret };
  let status: number | undefined;
  try {
    const response = await ask(`${url}/auth/v2/session/none/decision/`, { headers, ...init });
    status = response.status;
    const { headers: answered } = response;
    return { status, type: answered.get('content-type'), headers: answered, text: await response.text() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { ...(status !== undefined && { status }), error, cause: error.cause };
  }
}
