import { Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { createClient, isConfirmed, NotFoundError, OptionsError, ResponseParseError } from '../src/index.ts';
import { clientAnswering, confirmed, isTokenRequest, json, rejection, token } from './support/helpers.ts';

const created = { session_id: 's-1', session_token: 'st-1', url: 'https://app.didit.me/authorize/st-1' };

test('create posts the scopes as one string and returns the session', async () => {
  const didit = clientAnswering(() => json(created, { status: 201 }));
  const session = await didit.sessions.create({ scope: ['names', 'email'], vendor_data: 'user-42' });

  expect(session).toEqual(created);
  const sent = didit.requests[1];
  expect(sent?.method).toBe('POST');
  expect(sent?.url).toBe('https://apx.didit.me/auth/v2/session');
  expect(sent?.headers.get('authorization')).toBe('Bearer token-1');
  expect(await sent?.json()).toEqual({ scope: 'names email', vendor_data: 'user-42' });
});

test('create accepts scopes as a string and leaves out vendor data that was not passed', async () => {
  const didit = clientAnswering(() => json(created));
  await didit.sessions.create({ scope: ' names   phone ' });
  expect(await didit.requests[1]?.json()).toEqual({ scope: 'names phone' });
});

test.each([[[]], [''], ['  '], [undefined], [5]])('create refuses %j as scope and sends nothing', async (scope) => {
  const didit = clientAnswering(() => json(created));
  const error = await rejection(didit.sessions.create({ scope: scope as string }));
  expect(error).toBeInstanceOf(OptionsError);
  expect(error).toMatchObject({ operation: 'createSession' });
  expect(didit.requests).toHaveLength(0);
});

test('status sends the session token and returns the status alone', async () => {
  const didit = clientAnswering(() => json({ status: 'retrieved' }));
  expect(await didit.sessions.status(created)).toBe('retrieved');
  const sent = didit.requests[1];
  expect(sent?.url).toBe('https://apx.didit.me/auth/v2/session/s-1/status/');
  expect(sent?.headers.get('data-session-token')).toBe('st-1');
});

test.each([undefined, null, {}])('a session that is %j is refused by name', async (session) => {
  const didit = clientAnswering(() => json(created));
  const none = session as unknown as typeof created;
  for (const call of [didit.sessions.status, didit.sessions.decision, didit.sessions.waitForDecision]) {
    expect(await rejection(call(none))).toBeInstanceOf(OptionsError);
  }
  expect(await rejection(didit.sessions.create(session as unknown as { scope: string }))).toBeInstanceOf(OptionsError);
  expect(didit.requests).toHaveLength(0);
});

test('status refuses a session token that no header may hold, without quoting it', async () => {
  const didit = clientAnswering(() => json({ status: 'retrieved' }));
  const error = await rejection(didit.sessions.status({ session_id: 's-1', session_token: 'secret\r\nx: y' }));
  expect(error).toBeInstanceOf(OptionsError);
  expect(String(error)).not.toContain('secret');
});

test('decision accepts a session or its id, and keeps members that the contract does not name', async () => {
  const body = { ...confirmed, updated_at: 'x', user_data: { ...confirmed.user_data, passport_chip: { read: true } } };
  const didit = clientAnswering(() => json(body));
  expect(await didit.sessions.decision('s-1')).toEqual(body);
  expect(await didit.sessions.decision(created)).toEqual(body);
  expect(didit.requests[1]?.url).toBe('https://apx.didit.me/auth/v2/session/s-1/decision/');
});

test.each(['', '.', '..', 'a/b', 'a\\b', '\ud800'])(
  'a session id of %j is refused before anything is sent',
  async (id) => {
    const didit = clientAnswering(() => json(confirmed));
    const error = await rejection(didit.sessions.decision(id));
    expect(error).toBeInstanceOf(OptionsError);
    expect(error).toMatchObject({ operation: 'getSessionDecision', message: expect.stringContaining('session_id') });
    expect(didit.requests).toHaveLength(0);
  },
);

test('a session id is percent-encoded and stays one segment', async () => {
  const didit = clientAnswering(() => json(confirmed));
  await didit.sessions.decision('a b?c#d%2e%2e');
  expect(didit.requests[1]?.url).toBe('https://apx.didit.me/auth/v2/session/a%20b%3Fc%23d%252e%252e/decision/');
});

test('a base URL with a path keeps it', async () => {
  const didit = clientAnswering(() => json(confirmed), { baseUrl: 'https://gateway.example/didit/' });
  await didit.sessions.decision('s-1');
  expect(didit.requests.map(({ url }) => url)).toEqual([
    'https://gateway.example/didit/auth/v2/token/',
    'https://gateway.example/didit/auth/v2/session/s-1/decision/',
  ]);
});

test('per-call headers are sent; one that cannot be sent is refused without its value', async () => {
  const didit = clientAnswering(() => json(confirmed));
  await didit.sessions.decision('s-1', { headers: { 'x-trace': 'abc' } });
  expect(didit.requests[1]?.headers.get('x-trace')).toBe('abc');

  const error = await rejection(didit.sessions.decision('s-1', { headers: { 'x-key': 'very-secret\n' } }));
  expect(error).toBeInstanceOf(OptionsError);
  expect(String(error)).toContain('x-key');
  expect(String(error)).not.toContain('very-secret');
});

test('raw resolves to data, or to an error that is never empty', async () => {
  const path = '/auth/v2/session/{session_id}/decision/';
  const good = clientAnswering(() => json(confirmed));
  const { data, response } = await good.raw.GET(path, { params: { path: { session_id: 's-1' } } });
  expect(data?.status).toBe('Confirmed');
  expect(response.status).toBe(200);

  const empty = clientAnswering(() => new Response(null, { status: 500, headers: { 'content-length': '0' } }));
  const failed = await empty.raw.GET(path, { params: { path: { session_id: 's-1' } } });
  expect(failed.error).toEqual({ message: '500 without a body' });
});

test('raw refuses what would leave a path segment', async () => {
  const didit = clientAnswering(() => json(confirmed));
  const path = '/auth/v2/session/{session_id}/decision/';
  expect(await rejection(didit.raw.GET(path, { params: { path: { session_id: '..' } } }))).toBeInstanceOf(OptionsError);
  // @ts-expect-error: the path parameter is required
  expect(await rejection(didit.raw.GET(path, {}))).toBeInstanceOf(OptionsError);
});

test('a caller aborts with a reason of their own, and that reason is what is thrown', async () => {
  const didit = clientAnswering(() => json(confirmed));
  const reason = new Error('the page was closed');
  expect(await rejection(didit.sessions.decision('s-1', { signal: AbortSignal.abort(reason) }))).toBe(reason);
});

test('fetch is looked up at each call, so that a mock installed later is seen', async () => {
  const { fetch: original } = globalThis;
  const didit = clientAnswering(() => json(confirmed), { fetch: undefined });
  try {
    globalThis.fetch = async () => json({ detail: 'Not found.' }, { status: 404 });
    const late = await rejection(
      didit.raw
        .GET('/auth/v2/session/{session_id}/decision/', {
          params: { path: { session_id: 's-1' } },
          headers: { authorization: 'Bearer mine' },
        })
        .then(({ error }) => Promise.reject(error)),
    );
    expect(late).toEqual({ detail: 'Not found.' });
  } finally {
    globalThis.fetch = original;
  }
});

test('an unknown session is a NotFoundError with operation and status', async () => {
  const didit = clientAnswering(() => json({ detail: 'Not found.' }, { status: 404 }));
  const error = await rejection(didit.sessions.decision('s-1'));
  expect(error).toBeInstanceOf(NotFoundError);
  expect(error).toMatchObject({ operation: 'getSessionDecision', status: 404, name: 'NotFoundError' });
});

test.each([{ baseUrl: 'http://evil.example' }, { redirect: 'follow' }, { fetch: async () => json({}) }])(
  'options that are not those of a call lead around no layer: %o',
  async (elsewhere) => {
    const didit = clientAnswering(() => json(confirmed));
    const init = { params: { path: { session_id: 's-1' } }, ...elsewhere };
    expect(await rejection(didit.sessions.decision('s-1', elsewhere as object))).toBeInstanceOf(OptionsError);
    expect(await rejection(didit.raw.GET('/auth/v2/session/{session_id}/decision/', init))).toBeInstanceOf(
      OptionsError,
    );
    expect(didit.requests).toHaveLength(0);
  },
);

test('a request without a body is not copied: each copy holds memory until the runtime comes to collect it', async () => {
  const copied = vi.spyOn(Request.prototype, 'clone');
  try {
    const fetch = async (request: Request) => (isTokenRequest(request) ? token() : json(confirmed));
    const didit = createClient({ clientId: 'id', clientSecret: 's', fetch });
    await didit.prewarm();
    copied.mockClear();
    await didit.sessions.decision('s-1');
    expect(copied).not.toHaveBeenCalled();
  } finally {
    copied.mockRestore();
  }
});

test('raw leaves tokens to the client', async () => {
  const didit = clientAnswering(() => json(confirmed));
  const raw = didit.raw as unknown as { POST(path: string, init: object): Promise<unknown> };
  const error = await rejection(raw.POST('/auth/v2/token/', { body: { grant_type: 'client_credentials' } }));
  expect(String(error)).toContain('The client requests tokens itself');
  expect(didit.requests).toHaveLength(0);
});

test.each(['.evil.example/x', '@127.0.0.1/x', '/auth/v2/other/'])(
  'raw refuses %s: it is not an operation',
  async (path) => {
    const didit = clientAnswering(() => json(confirmed));
    const call = didit.raw.GET(path as '/auth/v2/session/{session_id}/decision/', {
      params: { path: { session_id: 's' } },
    });
    expect(await rejection(call)).toBeInstanceOf(OptionsError);
    expect(didit.requests).toHaveLength(0);
  },
);

test('raw checks headers and time limits as the façade does', async () => {
  const didit = clientAnswering(() => json({ status: 'confirmed' }));
  const path = '/auth/v2/session/{session_id}/status/';
  const params = { path: { session_id: 's-1' }, header: { 'Data-Session-Token': 'top\nsecret' } };
  const error = await rejection(didit.raw.GET(path, { params }));
  expect(error).toBeInstanceOf(OptionsError);
  expect(String(error)).not.toContain('secret');
  const good = { path: { session_id: 's-1' }, header: { 'Data-Session-Token': 'st-1' } };
  expect(await rejection(didit.raw.GET(path, { params: good, timeoutMs: -5 }))).toBeInstanceOf(OptionsError);
});

test('per-call headers may be a Headers object; what they cannot be is refused', async () => {
  const didit = clientAnswering(() => json(confirmed));
  const headers = new Headers({ 'x-trace': 'abc' }) as unknown as Record<string, string>;
  await didit.sessions.decision('s-1', { headers });
  expect(didit.requests[1]?.headers.get('x-trace')).toBe('abc');
  for (const bad of [new Map([['x', 'y']]), [['x', 'y']], 'x: y', { 'bad name': 'y' }]) {
    const call = didit.sessions.decision('s-1', { headers: bad as unknown as Record<string, string> });
    expect(await rejection(call)).toBeInstanceOf(OptionsError);
  }
});

test.each([null, 0, '', false])('an abort with %j as its reason is thrown as it is', async (reason) => {
  const didit = clientAnswering(() => new Promise<Response>(() => {}));
  const controller = new AbortController();
  const failed = rejection(didit.sessions.decision('s-1', { signal: controller.signal }));
  await new Promise((resolve) => setTimeout(resolve, 5));
  controller.abort(reason);
  expect(await failed).toBe(reason);
});

test('with validation: report, a status that is none is not taken for one', async () => {
  const didit = clientAnswering(() => json(null), { validation: 'report' });
  expect(await rejection(didit.sessions.status(created))).toBeInstanceOf(ResponseParseError);
  const odd = await clientAnswering(() => json({ session_id: 's', status: null }), {
    validation: 'report',
  }).sessions.decision('s');
  expect(isConfirmed(odd)).toBe(false);
});

test.each([
  ['no streams', undefined],
  ["Node's streams", Readable.from([])],
])('a fetch whose responses have %s will do', async (_, body) => {
  const answering = (text: string) =>
    clientAnswering(() => {
      const bytes = new TextEncoder().encode(text);
      return { ok: true, status: 200, headers: new Headers(), body, arrayBuffer: async () => bytes.buffer } as never;
    });
  expect(await answering(JSON.stringify(confirmed)).sessions.decision('s-1')).toEqual(confirmed);
  const tooLarge = await rejection(answering(' '.repeat(5 * 1024 * 1024 + 1)).sessions.decision('s-1'));
  expect(String(tooLarge)).toContain('larger than');
  const failing = (text: string) =>
    clientAnswering(() => {
      const arrayBuffer = async () => new TextEncoder().encode(text).buffer;
      return { ok: false, status: 404, statusText: '', headers: new Headers(), body, arrayBuffer } as never;
    });
  const error = await rejection(failing('{"detail":"The session was purged"}').sessions.decision('s-1'));
  expect(String(error)).toContain('404 The session was purged.');
  const endless = (await rejection(failing('x'.repeat(100_000)).sessions.decision('s-1'))) as { body: string };
  expect(endless.body).toHaveLength(64 * 1024);
});

test('a body that is too large is reported immediately, also if a copy of it is never read', async () => {
  const didit = clientAnswering(() => {
    const response = new Response(new Uint8Array(6 * 1024 * 1024));
    response.clone();
    return response;
  });
  expect(String(await rejection(didit.sessions.decision('s-1', { timeoutMs: 2_000 })))).toContain('larger than');
});

test('a body is bounded by its real length, not by the declared one', async () => {
  const chunk = new Uint8Array(1024 * 1024).fill(0x20);
  let taken = 0;
  let isLetGo = false;
  const didit = clientAnswering(() => {
    const body = new ReadableStream({
      pull(controller) {
        taken += 1;
        controller.enqueue(chunk);
      },
      cancel() {
        isLetGo = true;
      },
    });
    return new Response(body, { headers: { 'content-length': '10' } });
  });
  const error = await rejection(didit.sessions.decision('s-1'));
  expect(error).toBeInstanceOf(ResponseParseError);
  expect(String(error)).toContain('larger than 5242880 bytes');
  expect(isLetGo).toBe(true);
  expect(taken).toBeLessThan(10);
});
