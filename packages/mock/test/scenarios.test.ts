import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Mock, startMock } from '../src/index.ts';
import { createSession, open } from './helpers.ts';

const start = Date.UTC(2026, 0, 1);

let mock: Mock;
beforeEach(async () => {
  mock = await startMock({ now: () => start });
});
afterEach(() => mock.close());

describe('mock:fewer', () => {
  test('shares only these scopes', async () => {
    const session = await open(mock, 'names email phone', 'mock:fewer:email,phone');
    const { body } = await session.decision();
    expect([body.status, body.scope]).toEqual(['Confirmed', 'email phone']);
    expect(Object.keys(body.user_data).sort()).toEqual(['email', 'phone', 'sub']);
  });

  test.each([
    ['mock:fewer:email', /not requested: email/],
    ['mock:fewer:names,email,phone', /not requested: email, phone/],
    ['mock:fewer:', /Unknown mock scenario/],
    ['mock:fewer', /Unknown mock scenario/],
    ['mock:fewer:names,', /Unknown mock scenario/],
  ])('%s of names is refused', async (vendorData, message) => {
    const { status, body } = await createSession(mock, { scope: 'names', vendor_data: vendorData });
    expect([status, body]).toEqual([400, { vendor_data: [expect.stringMatching(message)] }]);
  });
});

describe('people', () => {
  const scope = 'names email phone is_verified is_over_18 is_over_21';
  const over = { is_verified: true, is_over_18: true, is_over_21: true };
  const is_verified = true;

  test.each([
    ['anybody', { ...over, email: { is_verified }, phone: { is_verified }, names: { is_verified } }],
    ['mock:under-18', { ...over, is_over_18: false, is_over_21: false, email: { is_verified } }],
    ['mock:under-21', { ...over, is_over_21: false, email: { is_verified } }],
    ['mock:unverified', { is_verified: false, email: { is_verified: false }, phone: { is_verified: false } }],
  ])('%s', async (vendorData, shared) => {
    const { body } = await (await open(mock, scope, vendorData)).decision();
    expect(body).toMatchObject({ status: 'Confirmed', scope, user_data: shared });
  });

  test('decide as the scenario says', async () => {
    await using declining = await startMock({ scenario: 'declined' });
    const { body } = await (await open(declining, scope, 'mock:under-18')).decision();
    expect([body.status, body.user_data]).toEqual(['Declined', null]);
  });
});

describe('a status', () => {
  test.each([400, 401, 403, 404, 500, 501, 502, 503, 504, 599])('mock:%i, every time', async (code) => {
    const session = await open(mock, 'names', `mock:${code}`);
    for (const reply of [await session.status(), await session.decision(), await session.status()]) {
      expect(reply.status).toBe(code);
      expect(reply.body).toEqual({ [code < 500 ? 'detail' : 'message']: expect.stringContaining(String(code)) });
    }
  });

  test('mock:429 says how long to wait, as in the contract', async () => {
    const session = await open(mock, 'names', 'mock:429');
    for (const { status, headers, body } of [await session.status(), await session.decision()]) {
      expect([status, body]).toEqual([429, { detail: expect.stringMatching(/throttled/) }]);
      expect(Object.fromEntries([...headers].filter(([name]) => /^x-rate|^retry/.test(name)))).toEqual({
        'retry-after': '1',
        'x-ratelimit-limit': '100',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(start / 1000 + 1),
      });
    }
  });

  test('mock:401 has a challenge', async () => {
    const { headers } = await (await open(mock, 'names', 'mock:401')).decision();
    expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  });

  test('mock:503:2 works again at the third request, with the usual scenario', async () => {
    const session = await open(mock, 'names', 'mock:503:2');
    const codes = [(await session.status()).status, (await session.decision()).status, (await session.status()).status];
    expect(codes).toEqual([503, 503, 200]);
    expect((await session.decision()).body.status).toBe('Confirmed');

    await using declining = await startMock({ scenario: 'declined' });
    const other = await open(declining, 'names', 'mock:429:1');
    expect((await other.decision()).status).toBe(429);
    expect((await other.decision()).body.status).toBe('Declined');
  });

  test('the service fails in every state of the session', async () => {
    const session = await open(mock, 'names', 'mock:500');
    mock.sessions.get(session.id)?.confirm();
    expect((await session.decision()).status).toBe(500);
    expect(mock.sessions.get(session.id)?.status).toBe('confirmed');
  });

  test('a refusal comes first, and does not count as a failure', async () => {
    const { id, token } = await open(mock, 'names', 'mock:503:1');
    const get = (headers: Record<string, string>) =>
      fetch(`${mock.url}/auth/v2/session/${id}/status/`, { headers }).then(({ status }) => status);
    const key = { 'x-api-key': mock.clientSecret };
    expect(await get({ 'data-session-token': token })).toBe(403);
    expect(await get({ ...key, 'data-session-token': 'wrong' })).toBe(403);
    expect(await get({ ...key, 'data-session-token': token })).toBe(503);
    expect(await get({ ...key, 'data-session-token': token })).toBe(200);
  });

  test.each(['mock:200', 'mock:302', 'mock:418', 'mock:409', 'mock:600', 'mock:503:0', 'mock:503:-1', 'mock:5030'])(
    '%s is refused',
    async (vendorData) => {
      const { status, body } = await createSession(mock, { scope: 'names', vendor_data: vendorData });
      expect([status, body]).toEqual([400, { vendor_data: [expect.stringMatching(/Statuses: 400, 401/)] }]);
    },
  );
});
