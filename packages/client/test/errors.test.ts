import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  type ClientOptions,
  ConflictError,
  ConnectionError,
  createClient,
  type DiditClient,
  DiditDataError,
  NotFoundError,
  OptionsError,
  PermissionDeniedError,
  RateLimitError,
  ResponseParseError,
  ResponseValidationError,
  ServerError,
  type TokenError,
  UnprocessableEntityError,
  type ValidationEvent,
} from '../src/index.ts';
import { clientAnswering, confirmed, json, observed, rejection } from './support/helpers.ts';

test.each([
  [400, 'BadRequestError', BadRequestError],
  [401, 'AuthenticationError', AuthenticationError],
  [403, 'PermissionDeniedError', PermissionDeniedError],
  [404, 'NotFoundError', NotFoundError],
  [409, 'ConflictError', ConflictError],
  [418, 'ApiError', ApiError],
  [422, 'UnprocessableEntityError', UnprocessableEntityError],
  [429, 'RateLimitError', RateLimitError],
  [500, 'ServerError', ServerError],
  [503, 'ServerError', ServerError],
])('status %i becomes %s', async (status, name, ErrorClass) => {
  const error = await decisionError(() => json({ message: 'why' }, { status, headers: { 'x-request-id': 'r-1' } }));
  expect(error.constructor).toBe(ErrorClass);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toBeInstanceOf(DiditDataError);
  expect(error).toMatchObject({ name, status, operation: 'getSessionDecision', requestId: 'r-1' });
  expect(error.message).toMatch(new RegExp(`^getSessionDecision: ${status} why\\. \\w`));
  expect(error.stack).toContain(`${name}: getSessionDecision`);
  expect(error.body).toEqual({ message: 'why' });
});

describe('the message of an error body', () => {
  test.each([
    [{ error_description: 'a', detail: 'b', message: 'c', error: 'd' }, 'a'],
    [{ detail: 'b', message: 'c', error: 'd' }, 'b'],
    [{ message: 'c', error: 'd' }, 'c'],
    [{ error: 'd' }, 'd'],
    [{ scope: ['This field is required.'] }, 'scope: This field is required'],
    [{ options: { scope: ['Unknown.'] } }, 'options.scope: Unknown'],
    [['Nothing works.'], 'Nothing works'],
    [{}, 'Bad Request'],
    [null, 'Bad Request'],
    [{ detail: '' }, 'Bad Request'],
  ])('%j says %s', async (body, expected) => {
    const error = await decisionError(() => json(body, { status: 400, statusText: 'Bad Request' }));
    expect(error.message).toBe(`getSessionDecision: 400 ${expected}. Correct the request.`);
    expect(error.body).toEqual(body);
  });

  test('an HTML 502 says its title and never "undefined"', async () => {
    const page = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
    const error = await decisionError(() => new Response(page, { status: 502 }));
    expect(error).toBeInstanceOf(ServerError);
    expect(error.message).toBe('getSessionDecision: 502 Bad Gateway. Try again later.');
    expect(error.body).toBe(page);
  });

  test('an empty 500 is a ServerError all the same, and has no body', async () => {
    const error = await decisionError(() => new Response(null, { status: 500, headers: { 'content-length': '0' } }));
    expect(error).toBeInstanceOf(ServerError);
    expect(error.message).toContain('500 without a message');
    expect(error.body).toBeUndefined();
  });

  test('a redirect is not followed and names where it points', async () => {
    const error = await decisionError(
      () => new Response(null, { status: 301, headers: { location: 'https://else.example/x/?t=secret' } }),
    );
    expect(error.constructor).toBe(ApiError);
    expect(error.message).toContain('redirect to https://else.example/x/');
    expect(error.message).not.toContain('t=secret');
  });

  test('secrets and personal data that the service echoes stay out of it', async () => {
    const detail =
      'Token Bearer abc.def for ada@example.com, +34 612 345 678, eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.x is wrong';
    const error = await decisionError(() => json({ detail }, { status: 403 }));
    const shown = inspect(error, { depth: 9, showHidden: false }) + JSON.stringify(error) + error.stack;
    for (const secret of ['abc.def', 'ada@', '612', 'eyJ']) expect(shown).not.toContain(secret);
    expect(error.message).toContain('is wrong');
  });

  test.each<[string, Partial<ClientOptions>]>([
    ['an API key', { apiKey: 'kTqWzRbNcHdXpLmVfJgYsAoEuIxKwQtZ' }],
    ['a token', { accessToken: 'kTqWzRbNcHdXpLmVfJgYsAoEuIxKwQtZ' }],
    ['a key that JSON escapes', { apiKey: 'kTq"WzRb\\NcHdXp' }],
  ])('%s that was sent is in neither the message nor the body', async (_, credential) => {
    const { fetch } = observed((request) => {
      const sent = request.headers.get('x-api-key') ?? request.headers.get('authorization')?.slice(7);
      return json({ detail: `The key ${sent} has been revoked` }, { status: 401 });
    });
    const didit = createClient({ ...credential, fetch } as ClientOptions);
    const error = (await rejection(didit.sessions.decision('s-1'))) as ApiError;
    const secret = credential.apiKey ?? String(credential.accessToken);
    const shown = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error.body) + error.stack;
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(error.message).toContain('The key [redacted] has been revoked');
    const raw = await didit.raw.GET('/auth/v2/session/{session_id}/decision/', {
      params: { path: { session_id: 's' } },
    });
    expect(JSON.stringify(raw.error)).toBe('{"detail":"The key [redacted] has been revoked"}');
  });

  test('the token of a session stays out of it', async () => {
    const didit = clientAnswering((request) =>
      json({ detail: `no session for ${request.headers.get('data-session-token')}` }, { status: 404 }),
    );
    const error = await rejection(didit.sessions.status({ session_id: 's-1', session_token: 'sess-5XkP2m' }));
    expect(String(error)).toContain('404 no session for [redacted].');
  });

  test.each(['kTqWzRbNcHdXpLmVfJgYsAoEuIxKwQtZ', 'pass 12345678 word', 'a"b\\c-ü'])(
    'the client secret %s stays out of it, wherever it stands',
    async (clientSecret) => {
      const error_description = `${'The client cannot be authenticated. '.repeat(5)} The secret was ${clientSecret}.`;
      for (const said of [error_description, `bad ${clientSecret}`]) {
        const body = JSON.stringify({ error: 'invalid_client', error_description: said });
        const { fetch } = observed(() => new Response(body.replaceAll('ü', '\\u00fc'), { status: 401 }));
        const error = (await rejection(createClient({ clientId: 'id', clientSecret, fetch }).prewarm())) as TokenError;
        expect(error.code).toBe('invalid_client');
        for (const part of clientSecret.split(' ')) expect(error.message).not.toContain(part.slice(0, 7));
        expect(JSON.stringify(error.body)).toContain('[redacted]');
      }
    },
  );

  test('is bounded', async () => {
    const error = await decisionError(() => json({ detail: 'no '.repeat(10_000) }, { status: 400 }));
    expect(error.message.length).toBeLessThan(300);
  });
});

describe('a 2xx that is not a usable response', () => {
  test.each([
    ['empty', '', 'response is empty'],
    ['HTML', '<!doctype html><title>Sign in to Wi-Fi</title>', 'Sign in to Wi-Fi'],
    ['cut short', '{"session_id":"s-1","user_data":{"email":{"email":"ada@example.com"', 'cut short'],
  ])('%s causes a ResponseParseError', async (_, body, expected) => {
    const error = await decisionError(() => new Response(body, { headers: { 'content-type': 'application/json' } }));
    expect(error).toBeInstanceOf(ResponseParseError);
    expect(error).toMatchObject({ name: 'ResponseParseError', operation: 'getSessionDecision', status: 200 });
    expect(error.message).toContain(expected);
    expect(inspect(error) + error.stack).not.toContain('ada@');
    expect(error.cause).toBeUndefined();
  });

  test('invalid UTF-8 causes a ResponseParseError', async () => {
    const error = await decisionError(() => new Response(new Uint8Array([0x22, 0xff, 0x22])));
    expect(error).toBeInstanceOf(ResponseParseError);
    expect(error.message).toContain('not UTF-8');
  });

  test('a body larger than the limit causes a ResponseParseError, declared or not', async () => {
    const large = new Uint8Array(6 * 1024 * 1024);
    const stream = () => new ReadableStream({ pull: (controller) => controller.enqueue(large.slice(0, 65_536)) });
    for (const body of [large, stream()]) {
      const error = await decisionError(() => new Response(body));
      expect(error).toBeInstanceOf(ResponseParseError);
      expect(error.message).toContain('larger than');
    }
  });

  test('an error body without end is dropped and the status is still reported', async () => {
    const endless = () => new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) });
    const error = await decisionError(() => new Response(endless(), { status: 500 }));
    expect(error).toBeInstanceOf(ServerError);
  });
});

describe('a body that breaks the contract', () => {
  const broken = { ...confirmed, user_data: { sub: 'u-1', email: { email: 'ada@example.com', is_verified: 'yes' } } };

  test('causes a ResponseValidationError that names place and rule, never the value', async () => {
    const error = (await decisionError(() => json(broken))) as unknown as ResponseValidationError;
    expect(error).toBeInstanceOf(ResponseValidationError);
    expect(error).toMatchObject({ operation: 'getSessionDecision', status: 200 });
    expect(error.violations).toEqual([{ path: '/user_data/email/is_verified', message: 'must be boolean or null' }]);
    expect(inspect(error) + JSON.stringify(error)).not.toContain('ada@');
    expect(error.body).toEqual(broken);
  });

  test('is passed on and reported with validation: report', async () => {
    const reported: ValidationEvent[] = [];
    const didit = clientAnswering(() => json(broken), {
      validation: 'report',
      hooks: { onValidation: (event) => reported.push(event) },
    });
    expect(await didit.sessions.decision('s-1')).toEqual(broken);
    const violations = [{ path: '/user_data/email/is_verified', message: 'must be boolean or null' }];
    expect(reported).toEqual([{ operation: 'getSessionDecision', status: 200, violations }]);
  });

  test.each([
    ['no session_id', { status: 'Confirmed' }],
    ['no status', { session_id: 's-1' }],
    ['a list', []],
    ['null', null],
    ['user data without sub', { ...confirmed, user_data: {} }],
  ])('%s', async (_, body) => {
    expect(await decisionError(() => json(body))).toBeInstanceOf(ResponseValidationError);
  });

  test('a key __proto__ in the body pollutes nothing', async () => {
    const text = JSON.stringify(confirmed).replace('{', '{"__proto__":{"polluted":true},');
    await clientAnswering(() => new Response(text)).sessions.decision('s-1');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

test('no response causes a ConnectionError that names host and reason', async () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const cause = new TypeError('fetch failed', { cause: refused });
  const error = await decisionError(() => Promise.reject(cause));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ operation: 'getSessionDecision', cause });
  expect(error.message).toBe(
    'getSessionDecision: No connection to apx.didit.me (ECONNREFUSED). Check `baseUrl`, and that the host can be reached from here.',
  );
});

test('what the HTTP parser could not read is not kept: it may be data', async () => {
  const parser = Object.assign(new Error('Parse Error'), { code: 'HPE_INVALID_CONSTANT', data: 'ada@example.com' });
  const error = await decisionError(() => Promise.reject(new TypeError('fetch failed', { cause: parser })));
  expect(error.message).toContain('HPE_INVALID_CONSTANT');
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('ada@');
});

test('a body that breaks off causes a ConnectionError', async () => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"session_id"'));
      controller.error(new TypeError('terminated'));
    },
  });
  expect(await decisionError(() => new Response(body))).toBeInstanceOf(ConnectionError);
});

describe('nothing of what a person has sent is quoted', () => {
  const leaks = ['Ada', 'Lovelace', '1815', 'abc123', '555'];
  const expectClean = (error: Error) => {
    for (const leak of leaks) expect(inspect(error) + error.stack).not.toContain(leak);
  };

  test.each([
    [{ user_data: { names: { first_name: 'Ada' } } }],
    [{ birthdate: '10 December 1815' }],
    [{ detail: 'call (415) 555-2671 or 415.555.2671' }],
  ])('of an error body %j', async (body) => {
    expectClean(await decisionError(() => json(body, { status: 409, statusText: 'Conflict' })));
  });

  test.each(['<person>Ada Lovelace</person>', 'callback({"name":"Ada"})', ')]}\',{"token":"abc123"}', 'me":"Ada"}'])(
    'of a success that is %s',
    async (body) => {
      const error = await decisionError(() => new Response(body));
      expect(error).toBeInstanceOf(ResponseParseError);
      expectClean(error);
    },
  );

  test('of a status text', async () => {
    const error = await decisionError(() => new Response(null, { status: 500, statusText: 'bad ada@example.com' }));
    expect(inspect(error)).not.toContain('ada@');
  });
});

test('an error body that hangs keeps its status', async () => {
  const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"det')) });
  const error = await decisionError(() => new Response(body, { status: 404 }));
  expect(error).toBeInstanceOf(NotFoundError);
});

test('every operation is checked against the contract', async () => {
  const didit = clientAnswering(() => json({ unexpected: true }));
  expect(await rejection(didit.sessions.create({ scope: 'email' }))).toBeInstanceOf(ResponseValidationError);
  const session = { session_id: 's-1', session_token: 'st-1' };
  expect(await rejection(didit.sessions.status(session))).toBeInstanceOf(ResponseValidationError);
});

test('a redirect that a browser hides is reported as a redirect', async () => {
  const hidden = Object.defineProperties(new Response(null), {
    status: { value: 0 },
    ok: { value: false },
    type: { value: 'opaqueredirect' },
  });
  expect((await decisionError(() => hidden)).message).toContain('Redirects are not followed. Correct `baseUrl`.');
});

describe('at two in the morning', () => {
  const session = { session_id: 's-1', session_token: 'st-1' };

  test.each<[string, () => Response | Promise<Response>]>([
    ['a time limit', () => new Promise(() => {})],
    ['a lost connection', () => Promise.reject(new TypeError('fetch failed'))],
    ['a page', () => new Response('<title>Sign in</title>')],
    ['a broken contract', () => json({ status: 5 })],
    ['an error status', () => json({}, { status: 404 })],
  ])('the stack of %s begins where the call was made', async (_, answer) => {
    const didit = clientAnswering(answer, { timeoutMs: 20 });
    async function mine() {
      return await didit.sessions.decision('s-1');
    }
    const error = (await rejection(mine())) as Error;
    const [header, ...frames] = error.stack?.split('\n    at ') ?? [];
    expect(header).toBe(`${error.name}: ${error.message}`);
    expect(frames.join()).toContain('mine');
    async function waiting() {
      return await didit.sessions.waitForDecision(session, { timeoutMs: 30 });
    }
    expect(((await rejection(waiting())) as Error).stack).toContain('waiting');
  });

  test.each<[string, (didit: DiditClient) => Promise<unknown>, string]>([
    ['an id for a session', ({ sessions }) => sessions.status('s-1' as never), 'getSessionStatus: `session_token`'],
    [
      'half a session',
      ({ sessions }) => sessions.status({ session_id: 's-1' } as never),
      'getSessionStatus: `session_token`',
    ],
    [
      'a wait for an id',
      ({ sessions }) => sessions.waitForDecision('s-1' as never),
      'getSessionStatus: `session_token`',
    ],
    [
      'a wait without time',
      ({ sessions }) => sessions.waitForDecision(session, { intervalMs: 0 }),
      'getSessionStatus: `i',
    ],
    [
      'a negative time',
      ({ sessions }) => sessions.create({ scope: 'names' }, { timeoutMs: -1 }),
      'createSession: `timeoutMs`',
    ],
    [
      'bad headers',
      ({ sessions }) => sessions.decision('s-1', { headers: 5 as never }),
      'getSessionDecision: `headers`',
    ],
    ['no id', ({ sessions }) => sessions.decision('' as never), 'getSessionDecision: `session_id`'],
  ])('%s is reported with the operation', async (_, call, message) => {
    const error = await rejection(call(clientAnswering(() => json(confirmed))));
    expect(error).toBeInstanceOf(OptionsError);
    expect((error as Error).message).toMatch(new RegExp(`^${message}`));
    expect((error as OptionsError).operation).toBe(message.split(':')[0]);
  });

  test('a function that returns no token is reported with the operation, too', async () => {
    const accessToken = (() => undefined) as unknown as () => string;
    const didit = createClient({ accessToken, fetch: async () => json(confirmed) });
    expect(String(await rejection(didit.sessions.decision('s-1')))).toContain(
      'getSessionDecision: `accessToken` must be',
    );
  });

  test('a wrong session token is named as the likely reason', async () => {
    const didit = clientAnswering(() => json({ detail: 'Forbidden.' }, { status: 403 }));
    expect(String(await rejection(didit.sessions.status(session)))).toContain(
      'Check that session_token is that of this session',
    );
  });

  test('a body that breaks off is not reported as a missing response', async () => {
    const body = () =>
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode('{')),
        pull: (controller) => controller.error(new TypeError('terminated')),
      });
    const error = await rejection(clientAnswering(() => new Response(body())).sessions.decision('s-1'));
    expect(error).toMatchObject({ name: 'ConnectionError', refused: false });
    expect((error as Error).message).toBe(
      'getSessionDecision: The 200 response broke off before its end. Try again later.',
    );
    expect((error as Error).cause).toBeInstanceOf(TypeError);
  });

  test.each([
    ['fetch failed', 'getSessionDecision: No response from apx.didit.me. See `cause`.'],
    [
      'ECONNRESET',
      'getSessionDecision: No response from apx.didit.me (ECONNRESET). The connection was lost. Try again later.',
    ],
  ])('a connection that ends with %s says what to do', async (what, message) => {
    const cause = Object.assign(new Error(what), what === 'ECONNRESET' && { code: what });
    const error = await rejection(clientAnswering(() => Promise.reject(cause)).sessions.decision('s-1'));
    expect((error as Error).message).toBe(message);
  });

  test('what there is not is not shown as undefined', async () => {
    for (const answer of [() => json({}, { status: 500 }), () => Promise.reject(new TypeError('x'))]) {
      const error = await rejection(clientAnswering(answer).sessions.decision('s-1'));
      expect(inspect(error)).not.toContain('undefined');
    }
    const { fetch } = observed(() => json({ error_description: 'Unknown client.' }, { status: 401 }));
    const error = await rejection(createClient({ clientId: 'id', clientSecret: 's', fetch }).prewarm());
    expect(inspect(error)).not.toContain('undefined');
    expect(String(error)).toContain('401 Unknown client. Check `clientId` and `clientSecret`.');
    expect(inspect(rejectedOptions())).not.toContain('undefined');
  });

  const rejectedOptions = () => {
    try {
      return createClient({ apiKey: '' });
    } catch (error) {
      return error;
    }
  };
});

function decisionError(answer: () => Response | Promise<Response>) {
  return rejection(clientAnswering(answer).sessions.decision('s-1')) as Promise<ApiError>;
}

test.each([
  ['PHP', (text: string) => JSON.stringify(text).replaceAll('/', '\\/')],
  ['.NET', (text: string) => JSON.stringify(text).replace(/[+/]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)],
])('a body does not return the credential that was sent, as %s escapes it', async (_, escaped) => {
  const apiKey = 'pA+x9/Qk+7z/Lm2+w8/Rt';
  const { fetch } = observed(() => new Response(`{"detail":"no","received":${escaped(apiKey)}}`, { status: 400 }));
  const didit = createClient({ apiKey, fetch });
  const error = (await rejection(didit.sessions.decision('s-1'))) as ApiError;
  expect(error.body).toEqual({ detail: 'no', received: '[redacted]' });
});
