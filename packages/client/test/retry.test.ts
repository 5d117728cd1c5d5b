import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConnectionError, createClient, RateLimitError, ServerError, TimeoutError, TokenError } from '../src/index.ts';
import {
  type Answer,
  confirmed,
  isTokenRequest,
  json,
  observed,
  rejection,
  settled,
  token,
} from './support/helpers.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('a GET', () => {
  test.each([408, 429, 500, 502, 503, 504])('is sent again on %i', async (code) => {
    const { didit, sent } = answeredBy(status(code), ok);
    expect((await settled(didit.sessions.decision('s-1'))).status).toBe('Confirmed');
    expect(sent).toHaveLength(2);
  });

  test.each([400, 403, 404, 409, 422, 501])('is not sent again on %i', async (code) => {
    const { didit, sent } = answeredBy(status(code), ok);
    await settled(rejection(didit.sessions.decision('s-1')));
    expect(sent).toHaveLength(1);
  });

  test.each(['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET'])('is sent again on %s', async (code) => {
    const { didit, sent } = answeredBy(failing(code), ok);
    await settled(didit.sessions.decision('s-1'));
    expect(sent).toHaveLength(2);
  });

  test('is given up after two retries, with full jitter in between', async () => {
    const { didit, sent, delays } = answeredBy(status(503));
    expect(await settled(rejection(didit.sessions.decision('s-1')))).toBeInstanceOf(ServerError);
    expect(sent).toHaveLength(3);
    expect(delays).toEqual([250, 500]); // half, as random says, of 500 and of 1 000
  });

  test('is not sent again when the response breaks the contract or is not JSON', async () => {
    for (const answer of [() => json({}), () => new Response('<html>')]) {
      const { didit, sent } = answeredBy(answer, ok);
      await settled(rejection(didit.sessions.decision('s-1')));
      expect(sent).toHaveLength(1);
    }
  });
});

describe('Retry-After', () => {
  test.each([
    ['2', 2_000],
    ['0', 0],
    ['0.5', 500],
  ])('of %s is obeyed', async (value, delay) => {
    const { didit, delays } = answeredBy(status(429, { 'retry-after': value }), ok);
    await settled(didit.sessions.decision('s-1'));
    expect(delays).toEqual([delay]);
  });

  test('as a date is obeyed; a past one means immediately', async () => {
    const future = new Date(Date.now() + 7_000).toUTCString();
    const past = new Date(Date.now() - 7_000).toUTCString();
    const { didit, delays } = answeredBy(
      status(503, { 'retry-after': future }),
      status(503, { 'retry-after': past }),
      ok,
    );
    await settled(didit.sessions.decision('s-1'));
    expect(delays[0]).toBeGreaterThan(5_900);
    expect(delays[0]).toBeLessThanOrEqual(7_000);
    expect(delays[1]).toBe(0);
  });

  test.each([600_000, -600_000])(
    'as a date is meant by the clock of the service, which is %d ms ahead',
    async (ahead) => {
      const at = (ms: number) => new Date(Date.now() + ahead + ms).toUTCString();
      const { didit, delays } = answeredBy(
        () => json({}, { status: 503, headers: { 'retry-after': at(5_000), date: at(0) } }),
        ok,
      );
      await settled(didit.sessions.decision('s-1'));
      expect(delays).toEqual([5_000]);
    },
  );

  test.each(['-1', 'NaN', '', 'soon', '1e3'])('of "%s" makes no sense and is ignored', async (value) => {
    const { didit, delays } = answeredBy(status(429, { 'retry-after': value }), ok);
    await settled(didit.sessions.decision('s-1'));
    expect(delays).toEqual([250]);
  });

  test('of a day is not slept through: the error says how long', async () => {
    const { didit, sent } = answeredBy(status(429, { 'retry-after': '86400' }), ok);
    const error = await settled(rejection(didit.sessions.decision('s-1')));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfterMs: 86_400_000 });
    expect(sent).toHaveLength(1);
  });
});

describe('createSession', () => {
  const created = () => json({ session_id: 's', session_token: 't', url: 'u' });

  test.each([
    ['429', status(429)],
    ['503 with Retry-After', status(503, { 'retry-after': '1' })],
    ['a refused connection', failing('ECONNREFUSED')],
    ['a name that is not found', failing('ENOTFOUND')],
    ['a name service that fails', failing('EAI_AGAIN')],
    ['a connection that takes too long', failing('UND_ERR_CONNECT_TIMEOUT')],
  ])('is sent again on %s, body and all', async (_, answer) => {
    const { didit, requests } = answeredBy(answer, created);
    await settled(didit.sessions.create({ scope: 'email' }));
    const bodies = requests.filter((sent) => !isTokenRequest(sent)).map((sent) => sent.json());
    expect(await Promise.all(bodies)).toEqual([{ scope: 'email' }, { scope: 'email' }]);
  });

  test.each([
    ['503', status(503)],
    ['503 with a Retry-After that cannot be read', status(503, { 'retry-after': 'soon' })],
    ['408', status(408)],
    ['500', status(500)],
    ['504', status(504)],
    ['a reset connection', failing('ECONNRESET')],
  ])('is never repeated on %s: its outcome is unknown', async (_, answer) => {
    const { didit, sent } = answeredBy(answer, created);
    await settled(rejection(didit.sessions.create({ scope: 'email' })));
    expect(sent).toHaveLength(1);
  });

  test('is never repeated when it took too long', async () => {
    const { didit, sent } = answeredBy(() => new Promise(() => {}), created);
    expect(await settled(rejection(didit.sessions.create({ scope: 'email' })))).toBeInstanceOf(TimeoutError);
    expect(sent).toHaveLength(1);
  });
});

describe('the token request', () => {
  test('is sent again on 503, and its last answer is a TokenError', async () => {
    let n = 0;
    const { fetch } = observed(() => {
      n += 1;
      return json({ message: 'down' }, { status: 503 });
    });
    const didit = createClient({ clientId: 'id', clientSecret: 's', fetch });
    const error = await settled(rejection(didit.sessions.decision('s-1')));
    expect(error).toBeInstanceOf(TokenError);
    expect(error).toMatchObject({ status: 503, operation: 'issueToken' });
    expect(n).toBe(3);
  });
});

describe('waiting', () => {
  test('ends when the caller aborts, with the reason of the caller and no timer left', async () => {
    const { didit, sent } = answeredBy(status(429, { 'retry-after': '30' }), ok);
    const controller = new AbortController();
    const reason = new Error('enough');
    const failed = rejection(didit.sessions.decision('s-1', { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(10_000);
    controller.abort(reason);
    expect(await failed).toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
    expect(sent).toHaveLength(1);
  });

  test('is not done at all with maxRetries: 0', async () => {
    const { fetch } = observed((request) => (isTokenRequest(request) ? token() : json({}, { status: 503 })));
    const didit = createClient({ clientId: 'id', clientSecret: 's', fetch, maxRetries: 0 });
    expect(await rejection(didit.sessions.decision('s-1'))).toBeInstanceOf(ServerError);
  });
});

describe('a time limit', () => {
  test.each([
    ['before the headers', () => new Promise<Response>(() => {})],
    ['within the body', () => new Response(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array([123])) }))],
    ['within the body of an error', () => new Response(new ReadableStream({}), { status: 500 })],
  ])('ends an attempt that hangs %s', async (_, answer) => {
    const { fetch } = observed((request) => (isTokenRequest(request) ? token() : answer()));
    const didit = createClient({ clientId: 'id', clientSecret: 's', fetch, timeoutMs: 1_000, maxRetries: 0 });
    const error = await settled(rejection(didit.sessions.decision('s-1')));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ operation: 'getSessionDecision', timeoutMs: 1_000 });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('can be set for one call', async () => {
    const { fetch } = observed((request) => (isTokenRequest(request) ? token() : new Promise<Response>(() => {})));
    const didit = createClient({ clientId: 'id', clientSecret: 's', fetch, maxRetries: 0 });
    const error = await settled(rejection(didit.sessions.decision('s-1', { timeoutMs: 5 })));
    expect(error).toMatchObject({ timeoutMs: 5 });
  });

  test('is for each attempt: a slow one is followed by another', async () => {
    const { didit, sent } = answeredBy(() => new Promise(() => {}), ok);
    expect((await settled(didit.sessions.decision('s-1'))).status).toBe('Confirmed');
    expect(sent).toHaveLength(2);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('at once');
      },
    ],
    ['rejects', () => Promise.reject(new Error('at once'))],
  ])('leaves no timer and no listener behind a fetch that %s', async (_, fetch) => {
    const controller = new AbortController();
    const added = vi.spyOn(controller.signal, 'addEventListener');
    const removed = vi.spyOn(controller.signal, 'removeEventListener');
    const { signal } = controller;
    const didit = createClient({ apiKey: 'key-1', fetch, maxRetries: 0 });
    await expect(didit.sessions.decision('s-1', { signal })).rejects.toMatchObject({ cause: { message: 'at once' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
    expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([1, 1]);
  });

  test('ends a token request that hangs', async () => {
    const { fetch } = observed(() => new Promise<Response>(() => {}));
    const didit = createClient({ clientId: 'id', clientSecret: 's', fetch, maxRetries: 0 });
    expect(await settled(rejection(didit.sessions.decision('s-1')))).toMatchObject({
      name: 'TimeoutError',
      operation: 'issueToken',
    });
  });
});

test('the random wait grows to eight seconds at most', async () => {
  const { fetch } = observed((request) => (isTokenRequest(request) ? token() : json({}, { status: 503 })));
  const delays: number[] = [];
  const hooks = { onRetry: ({ delayMs }: { delayMs: number }) => void delays.push(delayMs) };
  const didit = createClient({ clientId: 'id', clientSecret: 's', fetch, maxRetries: 7, hooks });
  await settled(rejection(didit.sessions.decision('s-1')));
  expect(delays).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000, 4_000]); // random says: half
});

test('a connection error that lasts is a ConnectionError', async () => {
  const { didit, sent } = answeredBy(failing('ECONNREFUSED'));
  const error = await settled(rejection(didit.sessions.decision('s-1')));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ refused: true });
  expect(sent).toHaveLength(3);
});

/** A client whose n-th request beside the token's is answered by the n-th answer, and the last answers all the rest. */
function answeredBy(...answers: readonly Answer[]) {
  const sent: number[] = [];
  const startedAt = Date.now();
  const { fetch, requests } = observed((request) => {
    if (isTokenRequest(request)) return token();
    sent.push(Date.now() - startedAt);
    return (answers[sent.length - 1] ?? answers.at(-1))?.(request) ?? new Response(null, { status: 500 });
  });
  const delays: number[] = [];
  const didit = createClient({
    clientId: 'id',
    clientSecret: 's',
    fetch,
    hooks: { onRetry: ({ delayMs }) => delays.push(delayMs) },
  });
  return { didit, requests, sent, delays };
}

function status(status: number, headers?: Record<string, string>) {
  return () => json({ message: 'x' }, { status, ...(headers && { headers }) });
}

function ok() {
  return json(confirmed);
}

function failing(code: string) {
  return () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));
}
