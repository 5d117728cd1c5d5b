import { inspect } from 'node:util';
import { expect, test, vi } from 'vitest';
import { createClient, type DiditClient, type Hooks, type RequestEvent } from '../src/index.ts';
import { confirmed, isTokenRequest, json, observed, rejection, token } from './support/helpers.ts';

const created = { session_id: 's-1', session_token: 'st-1', url: 'https://example.com/st-1' };
const secrets = ['secret-1', 'token-1', 'st-1', 'ada@example.com', 'Lovelace', 's-1/'];

test('hooks are called for the token, each attempt, each retry and each response', async () => {
  const { events, hooks, names } = recorded();
  let n = 0;
  const { fetch } = observed((request) => {
    if (isTokenRequest(request)) return token('token-1');
    n += 1;
    return n === 1
      ? json({}, { status: 503, headers: { 'retry-after': '0' } })
      : json(confirmed, { headers: { 'x-request-id': 'r-1' } });
  });
  const didit = createClient({ clientId: 'id', clientSecret: 'secret-1', fetch, hooks });
  await didit.sessions.decision('s-1');

  expect(names()).toEqual([
    ...['onRequest', 'onResponse', 'onToken'],
    ...['onRequest', 'onResponse', 'onRetry'],
    ...['onRequest', 'onResponse'],
  ]);
  expect(events[3]?.event).toEqual({
    operation: 'getSessionDecision',
    method: 'GET',
    route: '/auth/v2/session/{session_id}/decision/',
    host: 'apx.didit.me',
    port: 443,
    attempt: 0,
  });
  expect(events[5]?.event).toEqual({ operation: 'getSessionDecision', attempt: 1, delayMs: 0, status: 503 });
  expect(events[7]?.event).toMatchObject({ request: { attempt: 1 }, status: 200, requestId: 'r-1' });
  expect((events[7]?.event as { request: unknown } | undefined)?.request).toBe(events[6]?.event);
});

test.each([
  ['decision', (didit: DiditClient) => didit.sessions.decision('s-1'), confirmed, 503],
  ['create', (didit: DiditClient) => didit.sessions.create({ scope: 'names' }), created, 429],
] as const)('%s continues its numbering after a 401 and after a retry', async (_, call, body, status) => {
  const { events, hooks } = recorded();
  let n = 0;
  const { fetch } = observed((request) => {
    if (isTokenRequest(request)) return token(`token-${n}`);
    n += 1;
    if (n === 1 || n === 3) return json({}, { status, headers: { 'retry-after': '0' } });
    return n === 2 ? json({}, { status: 401 }) : json(body);
  });
  const didit = createClient({ clientId: 'id', clientSecret: 'secret-1', fetch, hooks });
  await call(didit);
  const attempts = events.flatMap(({ name, event }) => {
    const { operation, attempt } = event as RequestEvent;
    return name === 'onRequest' && operation !== 'issueToken' ? [attempt] : [];
  });
  expect(attempts).toEqual([0, 1, 2, 3]);
  expect(events.filter(({ name }) => name === 'onRetry').map(({ event }) => event)).toMatchObject([
    { attempt: 1 },
    { attempt: 3 },
  ]);
});

test('failures are reported with the name of the error, and no event holds a secret', async () => {
  const { events, hooks } = recorded();
  let n = 0;
  const { fetch } = observed((request) => {
    if (isTokenRequest(request)) return token('token-1');
    n += 1;
    if (n === 1) return json({ detail: 'ada@example.com' }, { status: 401 });
    if (n === 2) return json({ ...confirmed, user_data: { sub: 5, names: { full_name: 'Ada Lovelace' } } });
    throw new TypeError('fetch failed');
  });
  const didit = createClient({ clientId: 'id', clientSecret: 'secret-1', fetch, hooks, maxRetries: 0 });
  await rejection(didit.sessions.decision('s-1'));
  await rejection(didit.sessions.decision('s-1'));
  await rejection(didit.sessions.status({ session_id: 's-1', session_token: 'st-1' }));
  const errors = events
    .filter(({ name }) => name === 'onResponse')
    .map(({ event }) => (event as { error?: string }).error);
  expect(errors).toContain('ResponseValidationError');
  expect(errors).toContain('ConnectionError');
  const shown = inspect(events, { depth: 9 }) + JSON.stringify(events);
  for (const secret of secrets) expect(shown).not.toContain(secret);
});

test('hooks may be an object with members of its own', async () => {
  class Counting {
    count = 0;
    readonly name = 'mine';
    onRequest() {
      this.count += 1;
    }
  }
  const hooks = new Counting();
  const { fetch } = observed(() => json(confirmed));
  await createClient({ apiKey: 'key-1', hooks, fetch }).sessions.decision('s-1');
  expect(hooks.count).toBe(1);
  for (const bad of [{ onRequest: 5 }, { onToken: 'x' }, null, () => {}]) {
    expect(() => createClient({ apiKey: 'key-1', hooks: bad as unknown as Hooks, fetch })).toThrow('hooks');
  }
});

test('a hook that throws or rejects fails no call', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  const { fetch } = observed((request) => (isTokenRequest(request) ? token() : json(confirmed)));
  const broken = {
    onRequest: () => {
      throw new Error('hook');
    },
    onResponse: async () => {
      throw new Error('hook');
    },
    onToken: () => Promise.reject(new Error('hook')),
  } as unknown as Hooks;
  const didit = createClient({ clientId: 'id', clientSecret: 's', fetch, hooks: broken });
  expect((await didit.sessions.decision('s-1')).status).toBe('Confirmed');
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

test('a client shows none of its secrets', async () => {
  const { fetch } = observed((request) => (isTokenRequest(request) ? token('token-1') : json(confirmed)));
  const didit = createClient({ clientId: 'id', clientSecret: 'secret-1', fetch });
  await didit.sessions.decision('s-1');
  const shown = inspect(didit, { depth: 9, showHidden: true }) + JSON.stringify(didit);
  for (const secret of secrets) expect(shown).not.toContain(secret);
});

test('whichever hook throws, the call succeeds', async () => {
  const onAny = vi.fn(() => {
    throw new Error('the hook');
  });
  const names = ['onRequest', 'onResponse', 'onRetry', 'onToken', 'onValidation'];
  const hooks = Object.fromEntries(names.map((name) => [name, onAny]));
  let n = 0;
  const { fetch } = observed((request) => {
    if (isTokenRequest(request)) return token();
    n += 1;
    return n === 1 ? json({}, { status: 503, headers: { 'retry-after': '0' } }) : json({ any: 1 });
  });
  const didit = createClient({ clientId: 'id', clientSecret: 's', fetch, hooks, validation: 'report' });
  expect(await didit.sessions.decision('s-1')).toEqual({ any: 1 });
  expect(onAny).toHaveBeenCalledTimes(9);
});

function recorded() {
  const events: { name: string; event: unknown }[] = [];
  const record = (name: string) => (event: unknown) => events.push({ name, event });
  const hooks = Object.fromEntries(
    ['onRequest', 'onResponse', 'onRetry', 'onToken', 'onValidation'].map((name) => [name, record(name)]),
  ) as Hooks;
  return { events, hooks, names: () => events.map(({ name }) => name) };
}
