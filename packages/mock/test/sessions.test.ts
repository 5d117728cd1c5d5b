import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Mock, type MockSession, type Scenario, startMock } from '../src/index.ts';
import { createSession, open, send } from './helpers.ts';

const allScopes =
  'user_id picture names email phone gender document_detail birthdate address bank_account preferences is_verified is_over_18 is_over_21 instagram_account x_account tiktok_account';

let mock: Mock;
beforeEach(async () => {
  mock = await startMock({ now: () => Date.UTC(2026, 0, 1) });
});
afterEach(() => mock.close());

describe('creating', () => {
  test('returns an id, a token, and the URL of a page that shows the session', async () => {
    const { body } = await createSession(mock, { scope: 'names email', vendor_data: 'user-42' });
    expect(Object.keys(body)).toEqual(['session_id', 'session_token', 'url']);
    expect(body.url).toBe(`${mock.url}/authorize/${body.session_token}`);
    expect(sessionOf(body.session_id)).toMatchObject({
      id: body.session_id,
      token: body.session_token,
      status: 'initialized',
      requestedScopes: ['names', 'email'],
      approvedScopes: [],
      vendorData: 'user-42',
    });
    const page = await send(mock, `/authorize/${body.session_token}`);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Share your data?')]);
    expect((await send(mock, '/authorize/unknown')).status).toBe(404);
  });

  test.each([
    ['no scope', {}, { scope: ['This field is required.'] }],
    ['an empty scope', { scope: '' }, { scope: [expect.stringMatching(/fewer than 1/)] }],
    ['a blank scope', { scope: '  ' }, { scope: ['This field may not be blank.'] }],
    ['a list', { scope: ['names'] }, { scope: ['must be string'] }],
    ['numbers', { scope: 'names', vendor_data: 42 }, { vendor_data: ['must be string'] }],
    ['two mistakes', { scope: 1, vendor_data: 2 }, { scope: ['must be string'], vendor_data: ['must be string'] }],
    ['no object', ['names'], { non_field_errors: ['must be object'] }],
    ['null', null, { non_field_errors: [expect.stringMatching(/required/)] }],
    [
      'no scenario',
      { scope: 'names', vendor_data: 'mock:nope' },
      { vendor_data: [expect.stringMatching(/Unknown mock/)] },
    ],
    [
      'no count',
      { scope: 'names', vendor_data: 'mock:pending:0' },
      { vendor_data: [expect.stringMatching(/Unknown/)] },
    ],
  ])('refuses %s, field by field', async (_, body, errors) => {
    const reply = await createSession(mock, body);
    expect([reply.status, reply.body]).toEqual([400, errors]);
  });

  test('members that are not in the contract are accepted', async () => {
    expect((await createSession(mock, { scope: 'names', later: true })).status).toBe(200);
  });
});

describe('scenarios', () => {
  const outcomes: [Scenario, string, string][] = [
    ['confirmed', 'confirmed', 'Confirmed'],
    ['declined', 'declined', 'Declined'],
    ['cancelled', 'cancelled', 'Cancelled'],
    ['expired', 'expired', 'Expired'],
    ['pending', 'initialized', 'Initialized'],
  ];

  test.each(outcomes)('mock:%s', async (scenario, status, decision) => {
    const session = await open(mock, 'names', `mock:${scenario}`);
    expect((await session.status()).body).toEqual({ status });
    const { body } = await session.decision();
    expect(body).toMatchObject({ session_id: session.id, status: decision, vendor_data: `mock:${scenario}` });
    expect(body.user_data === null).toBe(scenario !== 'confirmed');
  });

  test.each(outcomes)('%s as the default, overridden by vendor_data', async (scenario, _, decision) => {
    await using other = await startMock({ scenario });
    expect((await (await open(other, 'names')).decision()).body.status).toBe(decision);
    expect((await (await open(other, 'names', 'mock:declined')).decision()).body.status).toBe('Declined');
  });

  test('mock:pending:3 is confirmed at the third status request, or the third decision request', async () => {
    const session = await open(mock, 'names', 'mock:pending:3');
    const seen: string[] = [];
    for (let poll = 1; poll <= 4; poll += 1) {
      seen.push((await session.decision()).body.status, (await session.status()).body.status);
    }
    const each = ['Initialized', 'initialized', 'Retrieved', 'retrieved', 'Confirmed', 'confirmed'];
    expect(seen).toEqual([...each, 'Confirmed', 'confirmed']);
    const other = await open(mock, 'names', 'mock:pending:3');
    for (const status of ['initialized', 'retrieved', 'confirmed', 'confirmed']) {
      expect((await other.status()).body.status).toBe(status);
    }
    expect((await other.decision()).body.status).toBe('Confirmed');
  });

  test('mock:pending:1 is confirmed at the first', async () => {
    expect((await (await open(mock, 'names', 'mock:pending:1')).status()).body.status).toBe('confirmed');
  });

  test('reading a session in a test changes nothing', async () => {
    const session = await open(mock, 'names');
    expect([sessionOf(session.id).status, sessionOf(session.id).status]).toEqual(['initialized', 'initialized']);
  });
});

describe('acting as the person', () => {
  test.each(['decline', 'cancel', 'expire', 'retrieve'] as const)('%s stops the scenario', async (act) => {
    const session = await open(mock, 'names email');
    sessionOf(session.id)[act]();
    const status = { decline: 'declined', cancel: 'cancelled', expire: 'expired', retrieve: 'retrieved' }[act];
    expect((await session.status()).body).toEqual({ status });
    const { body } = await session.decision();
    expect(body).toMatchObject({ user_data: null, scope: 'names email' });
    expect(body.status.toLowerCase()).toBe(status);
  });

  test('initialized, retrieved, confirmed', async () => {
    const session = await open(mock, 'names', 'mock:pending');
    expect((await session.status()).body.status).toBe('initialized');
    sessionOf(session.id).retrieve();
    expect((await session.status()).body.status).toBe('retrieved');
    expect((await session.decision()).body.user_data).toBeNull();
    sessionOf(session.id).confirm();
    expect((await session.decision()).body).toMatchObject({ status: 'Confirmed', scope: 'names' });
  });

  test('a final session does not change', async () => {
    const session = sessionOf((await open(mock, 'names')).id);
    session.decline();
    for (const act of ['confirm', 'decline', 'cancel', 'expire', 'retrieve'] as const) {
      expect(() => session[act](), act).toThrow(/is already declined/);
    }
    expect([session.status, session.approvedScopes]).toEqual(['declined', []]);
  });

  test('fewer scopes than requested', async () => {
    const session = await open(mock, 'names email phone');
    sessionOf(session.id).confirm({ share: ['email'] });
    const { body } = await session.decision();
    expect(body.scope).toBe('email');
    expect(Object.keys(body.user_data).sort()).toEqual(['email', 'sub']);
    expect(sessionOf(session.id).approvedScopes).toEqual(['email']);
  });

  test('sharing nothing leaves only sub', async () => {
    const session = await open(mock, 'names');
    sessionOf(session.id).confirm({ share: [] });
    const { body } = await session.decision();
    expect([body.scope, Object.keys(body.user_data)]).toEqual(['', ['sub']]);
  });

  test('a scope that was not requested cannot be shared', async () => {
    const session = sessionOf((await open(mock, 'names')).id);
    expect(() => session.confirm({ share: ['names', 'email'] })).toThrow(/not requested: email/);
    expect(session.status).toBe('initialized');
  });
});

describe('the data', () => {
  test('all 17 scopes', async () => {
    const { body } = await (await open(mock, allScopes)).decision();
    expect(body.scope).toBe(allScopes);
    expect(Object.keys(body.user_data).sort()).toEqual(['sub', ...allScopes.split(' ')].sort());
    const { names, email, phone, picture, gender } = body.user_data;
    expect(names).toEqual({
      first_name: expect.any(String),
      family_name: expect.any(String),
      full_name: `${names.first_name} ${names.family_name}`,
      is_verified: true,
    });
    expect(email).toEqual({
      email: expect.stringMatching(/@example\.(com|net|org)$/),
      is_verified: true,
      is_primary: true,
    });
    expect(phone.phone_number).toMatch(/^\+\d{9,14}$/);
    expect(new URL(picture).hostname).toBe('example.com');
    expect(gender).toEqual({});
    expect(body.created_at).toBe('2026-01-01T00:00:00.000Z');
  });

  test('pictures is the same as picture', async () => {
    const { body } = await (await open(mock, 'pictures names')).decision();
    expect(body.scope).toBe('pictures names');
    expect(Object.keys(body.user_data).sort()).toEqual(['names', 'picture', 'sub']);
  });

  test('an unknown scope can be requested and is not granted', async () => {
    const { body } = await (await open(mock, 'names shoe_size names')).decision();
    expect([body.scope, Object.keys(body.user_data)]).toEqual(['names', ['sub', 'names']]);
  });

  test('the same vendor data makes the same person, other data another one', async () => {
    await using other = await startMock();
    const one = (await (await open(mock, 'names email', 'user-1')).decision()).body;
    const same = (await (await open(other, 'names email', 'user-1')).decision()).body;
    const another = (await (await open(mock, 'names email', 'user-2')).decision()).body;
    expect(same.user_data).toEqual(one.user_data);
    expect(another.user_data.sub).not.toBe(one.user_data.sub);
    expect(another.session_number).toBe(one.session_number + 1);
  });

  test('missing vendor data is null', async () => {
    expect((await (await open(mock, 'names')).decision()).body.vendor_data).toBeNull();
  });
});

describe('refusals', () => {
  const key = () => ({ 'x-api-key': mock.clientSecret });

  test.each(['nobody', '..%2F..', 'a%2Fb', '%2e%2e', '%F0%9F%98%80'])('unknown id %s: 404', async (id) => {
    const headers = { ...key(), 'data-session-token': 'x' };
    for (const operation of ['decision', 'status']) {
      const { status, body } = await send(mock, `/auth/v2/session/${id}/${operation}/`, { headers });
      expect(status).toBe(404);
      if (id !== '%2e%2e') expect(body).toEqual({ detail: 'Not found.' }); // fetch itself walks up that path
    }
  });

  test('a status needs the token of its own session', async () => {
    const session = await open(mock, 'names', 'mock:pending:2');
    const other = await open(mock, 'names');
    const path = `/auth/v2/session/${session.id}/status/`;
    for (const headers of [key(), { ...key(), 'data-session-token': '' }]) {
      const missing = await send(mock, path, { headers });
      expect([missing.status, missing.body]).toEqual([403, { detail: expect.stringMatching(/Data-Session-Token/) }]);
    }
    for (const token of ['wrong', other.token]) {
      const wrong = await send(mock, path, { headers: { ...key(), 'data-session-token': token } });
      expect([wrong.status, wrong.body.code]).toEqual([403, 'permission_denied']);
    }
    expect((await session.status()).body.status).toBe('initialized'); // refusals do not count as polls
  });

  test('the access token is checked before the session token', async () => {
    const { id, token } = await open(mock, 'names');
    const headers = { authorization: 'Bearer made-up', 'data-session-token': token };
    expect((await send(mock, `/auth/v2/session/${id}/status/`, { headers })).status).toBe(401);
  });
});

function sessionOf(id: string): MockSession {
  const session = mock.sessions.get(id);
  if (!session) throw new Error('No such session');
  return session;
}
