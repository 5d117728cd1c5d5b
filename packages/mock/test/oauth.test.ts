import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Mock, startMock } from '../src/index.ts';
import { basic, bearer, createSession, form, open, requestToken, send } from './helpers.ts';

let mock: Mock;
let now = Date.UTC(2026, 0, 1);
beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  mock = await startMock({
    now: () => now,
    clients: [
      { clientId: 'shop', clientSecret: 'a:b:ü' },
      { clientId: 'brief', clientSecret: 'other', tokenLifetimeSeconds: 60 },
    ],
  });
});
afterEach(() => mock.close());

describe('issuing', () => {
  test('the documented token object, with times of the clock', async () => {
    const { status, headers, body } = await requestToken(mock);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({ client_id: 'shop', expires_in: 86_400, iat: now / 1000, exp: now / 1000 + 86_400 });
    expect(body.access_token).toMatch(/^[\w-]{43}$/);
    expect(body).not.toHaveProperty('token_type');
  });

  test('every token is different', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => requestToken(mock)));
    expect(new Set(tokens.map(({ body }) => body.access_token)).size).toBe(20);
  });

  test('each client has its own lifetime', async () => {
    const { body } = await requestToken(mock, { authorization: basic('brief', 'other') });
    expect(body).toMatchObject({ client_id: 'brief', expires_in: 60 });
  });

  test.each(['basic', 'BASIC', 'bAsIc'])('the scheme %s, and a secret with colons and UTF-8', async (scheme) => {
    const { status } = await requestToken(mock, { authorization: basic('shop', 'a:b:ü', scheme) });
    expect(status).toBe(200);
  });
});

describe('refusing a client', () => {
  test.each([
    ['a wrong secret', basic('shop', 'a')],
    ['an unknown client', basic('nobody', 'a:b:ü')],
    ["another client's secret", basic('shop', 'other')],
    ['no colon', `Basic ${Buffer.from('shop').toString('base64')}`],
    ['what is not Base64', 'Basic §§§'.replaceAll('§', '!')],
    ['another scheme', 'Bearer abc'],
    ['nothing', ''],
  ])('%s: invalid_client', async (_, authorization) => {
    const { status, headers, body } = await requestToken(mock, { authorization });
    expect(status).toBe(401);
    expect(body.error).toBe('invalid_client');
    expect(headers.get('www-authenticate')).toMatch(/^Basic realm=/);
  });

  test('credentials in the body, alone or with Basic', async () => {
    const body = 'grant_type=client_credentials&client_id=shop&client_secret=a%3Ab%3A%C3%BC';
    const alone = await requestToken(mock, { authorization: '', body });
    expect([alone.status, alone.body.error]).toEqual([401, 'invalid_client']);
    expect(alone.body.error_description).toMatch(/in the body are refused/);
    const beside = await requestToken(mock, { body });
    expect([beside.status, beside.body.error]).toEqual([400, 'invalid_request']);
  });
});

describe('refusing a form', () => {
  test.each([
    ['another grant', 'grant_type=password', 'unsupported_grant_type'],
    ['no grant', 'x=1', 'invalid_request'],
    ['an empty grant', 'grant_type=', 'invalid_request'],
    ['an empty body', '', 'invalid_request'],
    ['the grant twice', 'grant_type=client_credentials&grant_type=client_credentials', 'invalid_request'],
    ['more than the grant', 'grant_type=client_credentials&scope=all', 'invalid_request'],
    ['a malformed escape in a name', '%=client_credentials', 'invalid_request'],
    ['a malformed escape in a value', 'grant_type=%E0%A4%A', 'unsupported_grant_type'],
  ])('%s', async (_, body, error) => {
    const reply = await requestToken(mock, { body });
    expect([reply.status, reply.body.error]).toEqual([400, error]);
  });

  test.each(['application/json', 'text/plain', 'not a media type'])('%s as content type', async (type) => {
    const { status, body } = await send(mock, '/auth/v2/token/', {
      method: 'POST',
      headers: { authorization: basic('shop', 'a:b:ü'), 'content-type': type },
      body: JSON.stringify({ grant_type: 'client_credentials' }),
    });
    expect([status, body.error]).toEqual([400, 'invalid_request']);
  });

  test('malformed JSON is refused like any other wrong type', async () => {
    const headers = { authorization: basic('shop', 'a:b:ü'), 'content-type': 'application/json' };
    const { status, body } = await send(mock, '/auth/v2/token/', { method: 'POST', headers, body: '{' });
    expect([status, body.error]).toEqual([400, 'invalid_request']);
  });

  test('the media type can be in upper case and have a charset', async () => {
    const { status } = await send(mock, '/auth/v2/token/', {
      method: 'POST',
      headers: {
        authorization: basic('shop', 'a:b:ü'),
        'content-type': `${form['content-type'].toUpperCase()}; charset=UTF-8`,
      },
      body: 'grant_type=client_credentials',
    });
    expect(status).toBe(200);
  });
});

describe('credentials of a request', () => {
  const invalid = { detail: 'The token is invalid or has expired.', code: 'token_not_valid' };

  test('a token is accepted, with the scheme in any case', async () => {
    const { authorization } = await bearer(mock);
    expect((await decision({ authorization })).status).toBe(404);
    expect((await decision({ authorization: authorization.replace('Bearer', 'bearer') })).status).toBe(404);
  });

  test.each(['Bearer made-up', 'bearer made-up', 'Bearer', 'Bearer  '])('"%s" is refused', async (authorization) => {
    const { status, headers, body } = await decision({ authorization });
    expect(status).toBe(401);
    expect(body).toEqual(invalid);
    expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  });

  test('a token expires exactly when it says', async () => {
    const { body } = await requestToken(mock, { authorization: basic('brief', 'other') });
    const headers = { authorization: `Bearer ${body.access_token}` };
    now += 59_999;
    expect((await decision(headers)).status).toBe(404);
    now += 1;
    const late = await decision(headers);
    expect([late.status, late.body]).toEqual([401, invalid]);
  });

  test('tokens can be revoked, one or all', async () => {
    const [one, two, three] = [await bearer(mock), await bearer(mock), await bearer(mock)];
    expect(mock.tokens.revoke(one.authorization.slice('Bearer '.length))).toBe(true);
    expect(mock.tokens.revoke('unknown')).toBe(false);
    expect((await decision(one)).status).toBe(401);
    expect((await decision(two)).status).toBe(404);
    mock.tokens.revokeAll();
    expect((await decision(two)).status).toBe(401);
    expect((await decision(three)).status).toBe(401);
    expect((await decision(await bearer(mock))).status).toBe(404);
  });

  test('the API key is the client secret; a wrong one is 401', async () => {
    expect((await decision({ 'x-api-key': 'other' })).status).toBe(404);
    const wrong = await decision({ 'x-api-key': 'wrong' });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'invalid_api_key']);
  });

  test.each([{}, { authorization: basic('shop', 'a:b:ü') }, { 'x-api-key': '' }])(
    'missing in %j: 403',
    async (headers) => {
      const { status, body } = await decision(headers);
      expect([status, body]).toEqual([403, { detail: 'Authentication credentials were not provided.' }]);
    },
  );

  test('the credential is checked before the request', async () => {
    const { status } = await send(mock, '/auth/v2/session', {
      method: 'POST',
      headers: { authorization: 'Bearer made-up', 'content-type': 'application/json' },
      body: '{',
    });
    expect(status).toBe(401);
  });

  test('two mocks share no token and no session', async () => {
    await using other = await startMock({ clients: [{ clientId: 'shop', clientSecret: 'a:b:ü' }] });
    const headers = await bearer(mock);
    expect((await send(other, '/auth/v2/session/nobody/decision/', { headers })).status).toBe(401);
    const { id } = await open(mock, 'names');
    expect(other.sessions.get(id)).toBeUndefined();
    expect((await createSession(other, { scope: 'names' })).status).toBe(200);
  });
});

function decision(headers: Record<string, string>) {
  return send(mock, '/auth/v2/session/nobody/decision/', { headers });
}
