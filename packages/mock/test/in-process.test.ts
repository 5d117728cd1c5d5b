import { describe, expect, test } from 'vitest';
import { createMock, MockOptionsError, startMock } from '../src/index.ts';
import { basic, form } from './helpers.ts';

const grant = 'grant_type=client_credentials';

test('a whole flow without a socket', async () => {
  const mock = await createMock({ scenario: 'pending' });
  const token = await mock.fetch(`${mock.url}/auth/v2/token/`, {
    method: 'POST',
    headers: { ...form, authorization: basic(mock.clientId, mock.clientSecret) },
    body: grant,
  });
  const { access_token } = await token.json();
  const authorization = `Bearer ${access_token}`;
  const created = await mock.fetch(new URL(`${mock.url}/auth/v2/session`), {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: '{"scope":"names email"}',
  });
  const { session_id, url } = await created.json();
  mock.sessions.get(session_id)?.confirm({ share: ['email'] });
  const request = new Request(`${mock.url}/auth/v2/session/${session_id}/decision/`, { headers: { authorization } });
  const decision = await mock.fetch(request);
  expect([decision.url, decision.status, decision.ok]).toEqual([request.url, 200, true]);
  expect(await decision.json()).toMatchObject({ status: 'Confirmed', scope: 'email' });
  expect((await mock.fetch(url)).status).toBe(200);
  expect(mock.requests).toHaveLength(4);
  mock.clock.advance({ hours: 25 });
  expect((await mock.fetch(request)).status).toBe(401);
});

test('a submitted form is redirected, like in a browser', async () => {
  const mock = await createMock({ scenario: 'pending' });
  const created = await mock.fetch(`${mock.url}/auth/v2/session`, {
    method: 'POST',
    headers: { 'x-api-key': mock.clientSecret, 'content-type': 'application/json' },
    body: '{"scope":"names"}',
  });
  const { session_id, url } = await created.json();
  const post = (redirect: RequestRedirect) =>
    mock.fetch(url, { method: 'POST', body: new URLSearchParams({ decision: 'decline' }), redirect });
  expect((await post('manual')).status).toBe(303);
  const followed = await post('follow');
  expect([followed.status, followed.url]).toEqual([200, url]);
  expect(mock.sessions.get(session_id)?.status).toBe('declined');
  await expect(post('error')).rejects.toThrow('fetch failed');
});

test('two mocks share nothing, and each answers only for its own origin', async () => {
  const [one, two] = [await createMock(), await createMock({ url: 'https://api.example.com/' })];
  expect([one.url, two.url]).toEqual(['http://localhost', 'https://api.example.com']);
  await two.fetch('https://api.example.com/auth/v2/token/');
  expect([one.requests.length, two.requests.length]).toEqual([0, 1]);
  const wrong = await one.fetch('https://api.example.com/auth/v2/token/').catch((error: unknown) => error);
  expect(wrong).toMatchObject({ name: 'TypeError', cause: { message: expect.stringMatching(/answers for http:/) } });
  for (const url of ['nonsense', 'ftp://x', 'http://localhost/path', 'http://user@localhost']) {
    await expect(createMock({ url })).rejects.toThrow(MockOptionsError);
  }
});

describe('as over a socket', () => {
  test('an aborted call rejects with its reason', async () => {
    const mock = await createMock();
    const reason = new Error('enough');
    await expect(mock.fetch(mock.url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    mock.fault('*', { kind: 'hang' });
    const controller = new AbortController();
    const hanging = mock.fetch(`${mock.url}/auth/v2/session/a/status/`, { signal: controller.signal });
    await mock.waitForRequest('getSessionStatus');
    controller.abort(reason);
    await expect(hanging).rejects.toBe(reason);
    mock.clearFaults();
    mock.fault('*', { kind: 'slow-drip', ms: 10_000 });
    const dripping = await mock.fetch(`${mock.url}/auth/v2/session/a/status/`, { signal: AbortSignal.timeout(50) });
    await expect(dripping.text()).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('a listener that throws or rejects does not affect the answer', async () => {
    const listeners = [
      () => {
        throw new Error('of the listener');
      },
      async () => {
        throw new Error('of the listener');
      },
    ];
    for (const onEvent of listeners) {
      const mock = await createMock({ onEvent });
      await using server = await startMock({ onEvent });
      for (const [ask, { url }] of [[mock.fetch, mock] as const, [fetch, server] as const]) {
        for (let round = 0; round < 2; round += 1) {
          const response = await ask(`${url}/auth/v2/token/`, { method: 'POST' });
          expect([response.status, await response.text()]).toEqual([401, expect.stringContaining('invalid_client')]);
        }
      }
    }
  });

  test('HEAD, 413 and malformed escapes', async () => {
    const mock = await createMock();
    const head = await mock.fetch(`${mock.url}/__mock/health`, { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('content-length')]).toEqual([200, '', '15']);
    const large = await mock.fetch(`${mock.url}/auth/v2/session`, { method: 'POST', body: 'x'.repeat(2 ** 20 + 1) });
    expect(large.status).toBe(413);
    expect((await mock.fetch(`${mock.url}/auth/v2/session/%E0%A4%A/decision/`)).status).toBe(400);
    expect((await mock.fetch(`${mock.url}/__mock/state`)).status).toBe(200);
  });

  test('1 000 in parallel', async () => {
    const mock = await createMock();
    const authorization = basic(mock.clientId, mock.clientSecret);
    const init = { method: 'POST', headers: { ...form, authorization }, body: grant };
    const all = Array.from({ length: 1000 }, () => mock.fetch(`${mock.url}/auth/v2/token/`, init));
    const tokens = await Promise.all(
      (await Promise.all(all)).map(async (response) => (await response.json()).access_token),
    );
    expect(new Set(tokens).size).toBe(1000);
  });
});
