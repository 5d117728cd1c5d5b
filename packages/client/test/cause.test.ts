import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { ApiError, ConnectionError, createClient, type DiditDataError } from '../src/index.ts';
import { isTokenRequest, json, rejection, token } from './support/helpers.ts';

const session = { session_id: 's-1', session_token: 'sess-5XkP2m-Qw9eRt' };
const clientSecret = 'kTqWzRbN cHdXpLmV-fJgYsA';
const bearer = 'bearerZx71Kq83Lm20';
const vendor_data = 'Ottoline Vendor, Gracechurch 7731';
const received = '{"email":"pquennell@example.com","full_name":"Philippa Quennell"}';

/** Parts of what must not be seen, and the bytes of some. */
const canaries = [
  ...[
    'kTqWzRbN',
    'cHdXpLmV',
    bearer,
    'sess-5XkP',
    'Ottoline',
    'Gracechurch',
    '7731',
    'quennell',
    'Philippa',
    'x-person',
  ],
  ...['4f 74 74 6f', '79, 116, 116, 111', '70 71 75 65', 'SGVyIEhpZ2huZXNz'],
];

type Thrower = (request: Request, body: string) => unknown;

const throwers: Readonly<Record<string, Thrower>> = {
  'the request': (request) => Object.assign(new Error('failed'), { request, config: { headers: request.headers } }),
  'the bytes of a response': () =>
    Object.assign(new TypeError('x'), { data: Buffer.from(received), rawPacket: Buffer.from(received) }),
  'the body that was sent': (_, body) =>
    Object.assign(new Error(`POST with ${body} failed`), { body: Buffer.from(body) }),
  'what was sent, unquoted': (request, body) =>
    new Error(`failed for ${JSON.parse(body || '{}').vendor_data} with ${request.headers.get('authorization')}`),
  'what was sent, percent-encoded': (_, body) =>
    new Error(`failed: ${encodeURIComponent(JSON.parse(body || '{}').vendor_data)}`),
  'a part of what was sent': (request, body) =>
    new Error(`failed: ${body.slice(18, 50)} ${request.headers.get('authorization')?.slice(0, 19)}`),
  'its credentials in Base64': (request) => new Error(`refused: ${request.headers.get('authorization')}`),
  'a quoted response': () =>
    new SyntaxError(`Unexpected token 'P', ..."full_name":"Philippa Quennell"}" is not valid JSON`),
  'a parsed response': () => new SyntaxError(`cannot parse ${received}`),
  'a response': () =>
    Object.assign(new Error('bad'), { response: new Response(received, { headers: { 'x-person': 'Philippa' } }) }),
  'many causes': (_, body) =>
    new AggregateError(
      [
        Object.assign(new Error('one'), { data: body }),
        new Error('two', { cause: Object.assign(new Error(received), { received }) }),
      ],
      `all of ${received} failed`,
    ),
  'a long chain': () =>
    Array.from({ length: 40 }).reduce<Error>((cause, _) => new Error(received, { cause }), new Error(received)),
  'a circle': () => {
    const error = new Error('round');
    return Object.assign(error, { cause: error, data: received });
  },
  'a text': () => `failed: ${received}`,
  'an object': () => ({ received }),
  nothing: () => undefined,
  'a symbol': () => Symbol(received),
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  'a getter that throws': () =>
    Object.defineProperty(new Error('x'), 'cause', {
      get: () => {
        throw new Error(received);
      },
    }),
  'a function that cannot be cloned': () => Object.assign(new Error('x'), { retry: () => {}, code: 'E_X' }),
  'an error of another realm': () => Object.assign(runInNewContext('new TypeError("other")'), { data: received }),
  'a message that was changed later': () => {
    const error = new Error(`first ${received}`);
    void error.stack;
    error.message = 'second';
    return error;
  },
  'a name and a code': (request) =>
    Object.assign(new Error('x'), { name: `For ${received}`, code: request.headers.get('authorization')?.slice(7) }),
  'a DOMException': () => new DOMException(received, 'NetworkError'),
  'a look of its own': () =>
    Object.assign(new Error('x'), { [inspect.custom]: () => received, toJSON: () => received }),
};

describe.each(Object.entries(throwers))('a fetch that fails with %s', (_, thrown) => {
  /** Fails while the headers are waited for, or while the body is read. */
  function clientFailing(when: 'headers' | 'body', at: 'token' | 'api') {
    return createClient({
      clientId: 'id',
      clientSecret,
      maxRetries: 0,
      fetch: async (request) => {
        const body = await request.text();
        if (isTokenRequest(request) !== (at === 'token')) return isTokenRequest(request) ? token(bearer) : json({});
        const error = thrown(request, isTokenRequest(request) ? '' : body);
        if (when === 'headers') throw error;
        return new Response(new ReadableStream({ start: (controller) => controller.error(error) }));
      },
    });
  }

  test.each(['headers', 'body'] as const)('shows nothing of it, in place of the %s', async (when) => {
    const api = clientFailing(when, 'api');
    const errors = [
      await rejection(api.sessions.create({ scope: ['names'], vendor_data })),
      await rejection(api.sessions.status(session)),
      await rejection(
        api.raw.POST('/auth/v2/session', {
          body: { scope: 'names', vendor_data },
          headers: { 'x-own': 'Philippa 7731' },
        }),
      ),
      await rejection(clientFailing(when, 'token').sessions.decision('s-1')),
      await rejection(clientFailing(when, 'token').prewarm()),
    ];
    for (const error of errors) {
      expect(error).toBeInstanceOf(ConnectionError);
      expectClean(error);
    }
    const waited = await rejection(api.sessions.waitForDecision(session, { intervalMs: 2, timeoutMs: 20 }));
    expect((waited as Error).name).toBe('TimeoutError');
    expectClean(waited);
    for await (const { error } of api.sessions.decisions(['s-1'])) expectClean(error);
  });
});

describe('a cause', () => {
  const causeOf = async (error: unknown) => {
    const didit = createClient({ apiKey: 'key-1', maxRetries: 0, fetch: () => Promise.reject(error) });
    return (await rejection(didit.sessions.decision('s-1'))) as DiditDataError & { cause: Error & { cause?: Error } };
  };

  test('keeps what says what happened: class, message, code, system call, address, frames', async () => {
    function socketWentAway() {
      const members = { code: 'ECONNRESET', syscall: 'connect', errno: -104, address: '127.0.0.1', port: 4010 };
      return Object.assign(new Error('connect ECONNRESET 127.0.0.1:4010'), members);
    }
    const error = await causeOf(new TypeError('fetch failed', { cause: socketWentAway() }));
    expect(error.message).toContain('(ECONNRESET). The connection was lost. Try again later.');
    expect(error.cause).toBeInstanceOf(TypeError);
    expect(error.cause.message).toBe('fetch failed');
    const { cause } = error.cause;
    expect(cause).toMatchObject({ message: 'connect ECONNRESET 127.0.0.1:4010', code: 'ECONNRESET', port: 4010 });
    expect(cause?.stack).toMatch(/^Error: connect ECONNRESET 127\.0\.0\.1:4010\n {4}at socketWentAway \(/);
  });

  test('of happy eyeballs keeps its errors and the code', async () => {
    const one = Object.assign(new Error('connect ECONNREFUSED ::1:1'), { code: 'ECONNREFUSED' });
    const error = await causeOf(new TypeError('fetch failed', { cause: new AggregateError([one, one]) }));
    expect(error).toMatchObject({ refused: true });
    expect(error.cause.cause).toBeInstanceOf(AggregateError);
    expect((error.cause.cause as AggregateError).errors[0]).toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('an error of ours', () => {
  const answering = (body: unknown, status: number) =>
    createClient({ apiKey: 'key-1', maxRetries: 0, fetch: async () => json(body, { status }) });

  test('shows its body to those alone who ask for it', async () => {
    const error = (await rejection(
      answering({ message: 'no', person: received }, 404).sessions.decision('s'),
    )) as ApiError;
    expect(error.body).toEqual({ message: 'no', person: received });
    expectClean(error);
    expect(Object.getOwnPropertyNames(error)).not.toContain('body');
    expect(ApiError.prototype.body).toBeUndefined();
  });

  test('can be cloned, and its name be set', async () => {
    const error = (await rejection(answering({}, 500).sessions.decision('s'))) as Error;
    expect(structuredClone(error).message).toBe(error.message);
    expect(Object.keys(error)).not.toContain('name');
    error.name = 'Mine';
    expect(String(error)).toMatch(/^Mine: /);
  });
});

/** Every way in which an error may be shown. */
function shown(error: unknown): string {
  const { message, stack, cause } = error as Error;
  return [
    inspect(error, { depth: 12 }),
    inspect(error, { depth: 12, showHidden: true }),
    inspect(structuredClone(error), { depth: 12, showHidden: true }),
    JSON.stringify([error, cause]),
    message,
    stack,
  ].join('\n');
}

function expectClean(error: unknown): void {
  const text = shown(error);
  for (const canary of canaries) expect(text.toLowerCase()).not.toContain(canary.toLowerCase());
}
