import { describe, expect, test, vi } from 'vitest';
import {
  type ClientOptions,
  clientFromEnv,
  createClient,
  type DiditClient,
  type Hooks,
  OptionsError,
  requireScopes,
} from '../src/index.ts';
import { clientAnswering, confirmed, json, rejection } from './support/helpers.ts';

const session = { session_id: 's-1', session_token: 'st-1' };
const path = '/auth/v2/session/{session_id}/decision/';
const params = { path: { session_id: 's-1' } };
const controller = new AbortController();

/** Every call that accepts options, with options of any kind. */
const calls: Readonly<Record<string, (didit: DiditClient, options: never) => Promise<unknown>>> = {
  create: ({ sessions }, options) => sessions.create({ scope: 'names' }, options),
  status: ({ sessions }, options) => sessions.status(session, options),
  decision: ({ sessions }, options) => sessions.decision('s-1', options),
  waitForDecision: ({ sessions }, options) => sessions.waitForDecision(session, options),
  decisions: async ({ sessions }, options) => {
    for await (const { error } of sessions.decisions(['a', 'b'], options))
      throw error ?? new Error('an id was asked for');
  },
  raw: ({ raw }, options: object | null) => raw.GET(path, (options && { params, ...options }) as never),
};

describe.each(Object.entries(calls))('%s refuses', (name, call) => {
  test.each<[string, unknown, string]>([
    ['null', null, '`options` must be an object.'],
    ['a misspelt time limit', { timeout: 5 }, 'Unknown option `timeout`. Did you mean `timeoutMs`?'],
    ['a misspelt signal', { Signal: controller.signal }, 'Unknown option `Signal`. Did you mean `signal`?'],
    ['an option that does not exist', { somethingElse: 1 }, 'Unknown option `somethingElse`. Known are `signal`,'],
    ['the internal option', { onThrottled: () => {} }, 'Unknown option `onThrottled`.'],
    [
      'a controller',
      { signal: controller },
      '`signal` must be an AbortSignal: pass controller.signal, not the controller.',
    ],
    ['an object that is not a signal', { signal: {} }, '`signal` must be an AbortSignal.'],
    ['a signal that is null', { signal: null }, '`signal` must be an AbortSignal.'],
    ['a time that is a string', { timeoutMs: '5' }, '`timeoutMs` must be a number of milliseconds'],
    ['a time that is null', { timeoutMs: null }, '`timeoutMs` must be a number of milliseconds'],
    ['no time', { timeoutMs: 0 }, '`timeoutMs` must be a number of milliseconds'],
    ['headers that are null', { headers: null }, '`headers` must be an object'],
    ['headers that are false', { headers: false }, '`headers` must be an object'],
    ['a header that is a number', { headers: { 'x-a': 5 } }, 'The value of header x-a cannot be sent'],
    ['a header that is a symbol', { headers: { 'x-a': Symbol('secret') } }, 'The value of header x-a cannot be sent'],
    ['a header with a line feed', { headers: { 'x-a': 'a\nb' } }, 'The value of header x-a cannot be sent'],
  ])('%s', async (_, options, message) => {
    // The raw paths have one argument for options and parameters, and here it is never absent.
    const expected = name === 'raw' && options === null ? 'must be an object' : message;
    expect(await refusal((didit) => call(didit, options as never))).toContain(expected);
  });

  if (name !== 'raw') {
    test.each([5, 'x', true, [], () => {}, Symbol('x')])('%o for options', async (options) => {
      expect(await refusal((didit) => call(didit, options as never))).toContain('`options` must be an object.');
    });

    test('a signal in place of options', async () => {
      const message = await refusal((didit) => call(didit, controller.signal as never));
      expect(message).toContain('`options` must be an object. Pass the signal as { signal }.');
    });
  }

  test('nothing that is undefined', async () => {
    const options = { signal: undefined, timeoutMs: undefined, headers: undefined, somethingElse: undefined };
    const didit = clientAnswering(() => json({ ...confirmed, status: 'confirmed' }));
    if (name === 'create') return;
    await call(didit, options as never).catch((error: Error) => expect(error.message).toBe('an id was asked for'));
    expect(didit.requests.length).toBeGreaterThan(0);
  });
});

type Case = [what: string, call: (didit: DiditClient) => Promise<unknown>, message: string];

test.each<Case>([
  [
    'onProgress',
    (didit) => calls.decisions?.(didit, { onProgress: 'x' } as never) ?? Promise.resolve(),
    '`onProgress` must be a function.',
  ],
  [
    'onStatus',
    ({ sessions }) => sessions.waitForDecision(session, { onStatus: 'x' as never }),
    '`onStatus` must be a function.',
  ],
  [
    'concurrency',
    (didit) => calls.decisions?.(didit, { concurrency: '8' } as never) ?? Promise.resolve(),
    '`concurrency` must be',
  ],
  [
    'intervalMs',
    ({ sessions }) => sessions.waitForDecision(session, { intervalMs: null as never }),
    '`intervalMs` must be',
  ],
  [
    'onStatus of decisions',
    (didit) => calls.decisions?.(didit, { onStatus() {} } as never) ?? Promise.resolve(),
    'Unknown option `onStatus`',
  ],
  [
    'a symbol in scope',
    ({ sessions }) => sessions.create({ scope: [Symbol('names')] as never }),
    '`scope` must be a list of scopes',
  ],
  [
    'a number in scope',
    ({ sessions }) => sessions.create({ scope: ['names', 5] as never }),
    '`scope` must be a list of scopes',
  ],
  [
    'a symbol for scope',
    ({ sessions }) => sessions.create({ scope: Symbol('names') as never }),
    '`scope` must be a list of scopes',
  ],
  [
    'a symbol for vendor_data',
    ({ sessions }) => sessions.create({ scope: 'names', vendor_data: Symbol('x') as never }),
    '`vendor_data` must be a string',
  ],
  [
    'vendorData',
    ({ sessions }) => sessions.create({ scope: 'names', vendorData: 'x' } as never),
    'Unknown member of `session` `vendorData`. Did you mean `vendor_data`?',
  ],
  ['a list for a session', ({ sessions }) => sessions.create(['names'] as never), '`session` must be an object.'],
  [
    'a symbol for a session',
    ({ sessions }) => sessions.decision(Symbol('s-1') as never),
    '`session_id` must be a string',
  ],
  ['a function for a session', ({ sessions }) => sessions.status((() => {}) as never), '`session_token` is missing'],
  [
    'a symbol for a token',
    ({ sessions }) => sessions.status({ session_id: 's', session_token: Symbol('t') as never }),
    '`session_token` must be',
  ],
  ['null for raw', ({ raw }) => raw.GET(path, null as never), '`options` must be an object.'],
  ['null for params', ({ raw }) => raw.GET(path, { params: null as never }), '`params` must be an object.'],
  [
    'a list for params.path',
    ({ raw }) => raw.GET(path, { params: { path: ['s-1'] as never } }),
    '`params.path` must be an object.',
  ],
  [
    'params of a wrong name',
    ({ raw }) => raw.GET(path, { params: { paths: { session_id: 's' } } as never }),
    'Unknown member of `params` `paths`. Did you mean `path`?',
  ],
  [
    'a header param that is a symbol',
    ({ raw }) => raw.GET(path, { params: { ...params, header: { a: Symbol('x') } as never } }),
    'The value of header a cannot be sent',
  ],
  [
    'a body in a circle',
    ({ raw }) => raw.POST('/auth/v2/session', { body: circle() as never }),
    '`body` must be an object that JSON can express.',
  ],
  [
    'a body with a big integer',
    ({ raw }) => raw.POST('/auth/v2/session', { body: { scope: 1n } as never }),
    '`body` must be an object that JSON can express.',
  ],
  [
    'a path that is a symbol',
    ({ raw }) => raw.GET(Symbol('x') as never, { params } as never),
    '`path` must be a path of the contract.',
  ],
  [
    'a path that is no text',
    ({ raw }) => raw.GET(Object.create(null) as never, { params } as never),
    '`path` must be a path of the contract.',
  ],
  ...[() => 1, Symbol('x'), { toJSON() {} }, new FormData(), 'text', [1], null].map(
    (body): Case => [
      `a body that is ${Object.prototype.toString.call(body)}`,
      ({ raw }) => raw.POST('/auth/v2/session', { body: body as never }),
      '`body` must be an object that JSON can express.',
    ],
  ),
  [
    'the body of a GET',
    ({ raw }) => raw.GET(path, { params, body: { a: 1 } } as never),
    '`body` must be left out of a GET.',
  ],
  [
    'a query, which the contract does not have',
    ({ raw }) => raw.GET(path, { params: { ...params, query: { a: 1 } } as never }),
    'Unknown member of `params` `query`.',
  ],
  [
    'a second name in the path',
    ({ raw }) => raw.GET(path, { params: { path: { session_id: 's', sesion: 'x' } } as never }),
    'Unknown member of `params.path` `sesion`. Did you mean `session_id`?',
  ],
])('%s is refused before anything is sent', async (_, call, message) => {
  expect(await refusal(call)).toContain(message);
});

describe('createClient refuses', () => {
  const key = { apiKey: 'key-1' };
  const store = { get() {}, set() {}, delete() {} };
  const secret = { clientId: 'id', clientSecret: 'secret-1' };

  test.each<[unknown, string]>([
    [null, '`options` must be an object.'],
    [[], '`options` must be an object.'],
    ['key-1', '`options` must be an object.'],
    [{ ...key, timeout: 5 }, 'Unknown option `timeout`. Did you mean `timeoutMs`?'],
    [{ ...key, timeoutMS: 5 }, 'Did you mean `timeoutMs`?'],
    [{ ...key, retries: 5 }, 'Unknown option `retries`. Did you mean `maxRetries`?'],
    [{ ...key, max_retries: 5 }, 'Did you mean `maxRetries`?'],
    [{ ...key, baseURL: 'https://a.example' }, 'Did you mean `baseUrl`?'],
    [{ ...key, url: 'https://a.example' }, 'Did you mean `baseUrl`?'],
    [{ client_id: 'a', client_secret: 'b' }, 'Unknown option `client_id`. Did you mean `clientId`?'],
    [{ api_key: 'topsecret' }, 'Unknown option `api_key`. Did you mean `apiKey`?'],
    [{ ...key, 'topsecret value': 1 }, 'Unknown option. Known are'],
    [{ ...key, hooks: { onRespons() {} } }, 'Unknown hook `onRespons`. Did you mean `onResponse`?'],
    [{ ...key, hooks: { onrequest() {} } }, 'Unknown hook `onrequest`. Did you mean `onRequest`?'],
    [{ ...key, hooks: { onError() {} } }, 'Unknown hook `onError`. Known are'],
    [{ ...key, hooks: { onRequest: null } }, '`hooks.onRequest` must be a function.'],
    [{ ...key, hooks: 'x' }, '`hooks` must be an object'],
    [{ ...key, timeoutMs: null }, '`timeoutMs` must be'],
    [{ ...key, maxRetries: null }, '`maxRetries` must be'],
    [{ ...key, baseUrl: null }, '`baseUrl` must be a URL'],
    [{ ...key, baseUrl: Symbol('x') }, '`baseUrl` must be a URL'],
    [{ ...key, baseUrl: '' }, '`baseUrl` must be a URL'],
    [{ ...key, fetch: null }, '`fetch` must be a function'],
    [{ ...key, validation: null }, '`validation` must be'],
    [{ ...key, dangerouslyAllowBrowser: 'yes' }, '`dangerouslyAllowBrowser` must be true or false'],
    [{ ...key, accessToken: null }, 'More than one credential'],
    [{ apiKey: Symbol('x') }, '`apiKey` must be'],
    [{ ...secret, clientId: 5 }, '`clientId` must be'],
    [{ ...secret, tokenStore: null }, '`tokenStore` must implement get, set and delete.'],
    [{ ...secret, tokenStore: 'redis' }, '`tokenStore` must implement get, set and delete.'],
    [{ ...secret, tokenStore: { ...store, delete: undefined } }, '`tokenStore` must implement get, set and delete.'],
    [{ ...secret, tokenStore: { ...store, lock: true } }, '`tokenStore.lock` must be a function.'],
  ])('%o', (options, message) => {
    const create = () => createClient(options as ClientOptions);
    expect(create).toThrow(OptionsError);
    expect(create).toThrow(message);
    expect(create).not.toThrow('topsecret');
  });

  test('a hook with a typing error also in a class, but none that is another member of it', () => {
    class Broken {
      onRespnse() {}
    }
    class Metrics {
      count = 0;
      name = 'mine';
      onRequest() {}
      flush() {}
      request() {}
      onClose() {}
    }
    expect(() => createClient({ ...key, hooks: new Metrics() as Hooks })).not.toThrow();
    expect(() => createClient({ ...key, hooks: new Broken() as Hooks })).toThrow('Did you mean `onResponse`?');
  });

  test('what clientFromEnv is given, the same way', () => {
    vi.stubEnv('DIDIT_API_KEY', 'key-1');
    try {
      expect(() => clientFromEnv(null as never)).toThrow('`options` must be an object.');
      expect(() => clientFromEnv({ timeout: 5 } as never)).toThrow('Did you mean `timeoutMs`?');
      expect(() => clientFromEnv({ apiKey: 'other' } as never)).toThrow('Unknown option `apiKey`.');
      expect(() => clientFromEnv({ baseUrl: null } as never)).toThrow('`baseUrl` must be a URL');
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

test('requireScopes refuses options that it does not know: a typing error would make it less strict', () => {
  expect(() => requireScopes(confirmed as never, ['email'], { verify: true } as never)).toThrow(
    'Unknown option `verify`. Did you mean `verified`?',
  );
  expect(() => requireScopes(confirmed as never, ['email'], null as never)).toThrow('`options` must be an object.');
  expect(() => requireScopes(confirmed as never, Symbol('x') as never)).toThrow(OptionsError);
});

/** What a call is refused with, before anything is sent. */
async function refusal(call: (didit: DiditClient) => Promise<unknown>): Promise<string> {
  const didit = clientAnswering(() => json(confirmed));
  const error = await rejection(call(didit));
  expect(error).toBeInstanceOf(OptionsError);
  expect(didit.requests).toHaveLength(0);
  return (error as Error).message;
}

function circle(): object {
  const body: Record<string, unknown> = {};
  body.scope = body;
  return body;
}
