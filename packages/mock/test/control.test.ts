import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Mock, startMock } from '../src/index.ts';
import { bearer, createSession, open, requestToken, send, sendRaw } from './helpers.ts';

let mock: Mock;
beforeEach(async () => {
  mock = await startMock();
});
afterEach(() => mock.close());

const post = (path: string, body: unknown, headers = {}) =>
  send(mock, path, { method: 'POST', body: JSON.stringify(body), headers });

describe('the clock', () => {
  test('25 hours on, tokens are refused and undecided sessions have expired', async () => {
    const headers = await bearer(mock);
    const pending = await open(mock, 'names', 'mock:pending');
    const playing = await open(mock, 'names');
    const decided = await open(mock, 'names');
    mock.sessions.get(decided.id)?.confirm();
    const path = `/auth/v2/session/${pending.id}/decision/`;
    expect((await send(mock, path, { headers })).status).toBe(200);
    mock.clock.advance({ hours: 23, minutes: 59, seconds: 30 });
    expect(mock.sessions.get(pending.id)?.status).toBe('initialized');
    mock.clock.advance({ hours: 1 });
    expect((await send(mock, path, { headers })).status).toBe(401);
    expect((await pending.status()).body).toEqual({ status: 'expired' });
    expect((await playing.decision()).body.status).toBe('Expired');
    expect((await decided.decision()).body.status).toBe('Confirmed');
    expect(() => mock.sessions.get(pending.id)?.confirm()).toThrow(/already expired/);
    expect((await send(mock, path, { headers: await bearer(mock) })).status).toBe(200);
  });

  test('a shorter life of sessions', async () => {
    await using short = await startMock({ sessionLifetimeSeconds: 60 });
    const { body } = await createSession(short, { scope: 'names', vendor_data: 'mock:pending' });
    short.clock.advance({ seconds: 59, ms: 500 });
    expect(short.sessions.get(body.session_id)?.status).toBe('initialized');
    short.clock.advance({ seconds: 1 });
    expect(short.sessions.get(body.session_id)?.status).toBe('expired');
  });

  test('is set to a moment, on the clock it was given', async () => {
    await using fixed = await startMock({ now: () => 1000 });
    expect(fixed.clock.now()).toBe(1000);
    fixed.clock.set(new Date('2030-01-01T00:00:00Z'));
    fixed.clock.advance({ days: 1 });
    expect(new Date(fixed.clock.now()).toISOString()).toBe('2030-01-02T00:00:00.000Z');
    expect((await requestToken(fixed)).body.iat).toBe(Date.UTC(2030, 0, 2) / 1000);
    for (const bad of [{ hours: -1 }, { hours: Number.NaN }, { days: 1e300 }, { weeks: 1 }]) {
      expect(() => fixed.clock.advance(bad)).toThrow(RangeError);
    }
    expect(() => fixed.clock.set('never')).toThrow(RangeError);
  });

  test('over HTTP', async () => {
    await post('/__mock/clock', { set: '2030-01-01T00:00:00Z' });
    const { body } = await post('/__mock/clock', { days: 1 });
    expect(body.iso).toMatch(/^2030-01-02T00:00:0/);
    expect((await send(mock, '/__mock/clock')).body.now).toBeGreaterThanOrEqual(body.now);
    for (const bad of [{ hours: 'x' }, { set: null }, { weeks: 1 }, []]) {
      expect((await post('/__mock/clock', bad)).status).toBe(400);
    }
  });

  test.each([
    { set: 0, days: 'x' },
    { set: 0, weeks: 1 },
    { set: 0, days: 1e9 },
    { set: 'never', days: 1 },
  ])('a wish that is refused over HTTP moves nothing: %j', async (wish) => {
    expect((await post('/__mock/clock', wish)).status).toBe(400);
    expect(Math.abs(mock.clock.now() - Date.now())).toBeLessThan(1000);
  });

  test.each(['0000-01-01T00:00:00Z', '9998-12-31T23:59:59.999Z'])('every date can be written at %s', async (moment) => {
    mock.clock.set(moment);
    const { decision } = await open(mock, 'names', 'mock:pending');
    expect((await decision()).body.created_at.slice(0, 4)).toMatch(/^(0000|999[89])$/);
    expect((await send(mock, '/__mock/state')).body.now).toMatch(/^(0000|999[89])-/);
    expect((await requestToken(mock)).status).toBe(200);
  });

  test.each([8.64e15, -8.64e15, '9999-01-01T00:00:00Z', '-000001-12-31T23:59:59.999Z'])(
    'is not set to %s',
    (moment) => {
      expect(() => mock.clock.set(moment)).toThrow(
        new RangeError(
          'clock: must be a moment of the years 0 to 9998, so that each date made from it can be written.',
        ),
      );
      expect(Math.abs(mock.clock.now() - Date.now())).toBeLessThan(1000);
    },
  );
});

describe('faults over HTTP', () => {
  test('are added, listed and cleared', async () => {
    const added = await post('/__mock/faults', { operationId: 'getSessionDecision', kind: 'status', status: 503 });
    expect([added.status, added.body]).toEqual([201, { id: 1 }]);
    await post('/__mock/faults', { operationId: '*', kind: 'delay', ms: 1 });
    expect((await send(mock, '/auth/v2/session/a/decision/')).status).toBe(503);
    expect((await send(mock, '/__mock/faults')).body).toEqual([
      { id: 1, operationId: 'getSessionDecision', kind: 'status', status: 503, played: 1 },
      { id: 2, operationId: '*', kind: 'delay', ms: 1, played: 0 },
    ]);
    expect((await send(mock, '/__mock/faults/1', { method: 'DELETE' })).status).toBe(204);
    expect((await send(mock, '/__mock/faults/1', { method: 'DELETE' })).status).toBe(404);
    expect((await send(mock, '/__mock/faults', { method: 'DELETE' })).status).toBe(204);
    expect((await send(mock, '/__mock/faults')).body).toEqual([]);
  });

  test.each([
    [{ kind: 'reset' }, /operationId is missing/],
    [{ operationId: 'nope', kind: 'reset' }, /no operation nope/],
    [{ operationId: '*', kind: 'nope' }, /kind must be/],
    [{ operationId: '*', kind: 'reset', times: '2' }, /times/],
    [null, /JSON object/],
  ])('%j is a 400', async (fault, message) => {
    const { status, body } = await post('/__mock/faults', fault);
    expect([status, body]).toEqual([400, { detail: expect.stringMatching(message) }]);
  });
});

describe('the journal', () => {
  test('holds what was asked, and no secret', async () => {
    const { body: token } = await requestToken(mock);
    const { id, token: sessionToken, status } = await open(mock, 'names', 'mock:pending');
    await status();
    await send(mock, `/authorize/${sessionToken}`);
    await send(mock, `/auth/v2/session/${id}/decision/?access_token=${token.access_token}`, {
      headers: { authorization: `Bearer ${token.access_token}`, 'x-other': `is ${mock.clientSecret}` },
    });
    await send(mock, '/nowhere');
    expect(mock.requests.map(({ method, operationId, status }) => [method, operationId, status])).toEqual([
      ['POST', 'issueToken', 200],
      ['POST', 'createSession', 200],
      ['GET', 'getSessionStatus', 200],
      ['GET', undefined, 200],
      ['GET', 'getSessionDecision', 200],
      ['GET', undefined, 404],
    ]);
    for (const { durationMs } of mock.requests) expect(durationMs).toBeGreaterThan(0);
    expect(mock.requests.at(0)?.headers.authorization).toBe('Basic [redacted]');
    expect(mock.requests.at(4)).toMatchObject({
      path: `/auth/v2/session/${id}/decision/`,
      headers: { authorization: 'Bearer [redacted]', 'x-other': 'is [redacted]' },
    });
    const { text: state } = await send(mock, '/__mock/state');
    const { text: requests } = await send(mock, '/__mock/requests');
    const everything = JSON.stringify(mock.requests) + state + requests;
    const basic = Buffer.from(`${mock.clientId}:${mock.clientSecret}`).toString('base64');
    for (const secret of [mock.clientSecret, basic, token.access_token, sessionToken]) {
      expect(everything).not.toContain(secret);
    }
    expect(JSON.parse(state)).toMatchObject({ activeTokens: 1, requests: 6, sessions: [{ id, status: 'retrieved' }] });
  });

  test('holds no token that was issued, wherever it was sent', async () => {
    const events: string[] = [];
    await using watched = await startMock({ onEvent: (event) => events.push(JSON.stringify(event)) });
    const { body: issued } = await requestToken(watched);
    const { id, token } = await open(watched, 'names', 'mock:pending');
    const escaped = (text: string) => Array.from(text, (letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');
    const paths = [
      `//authorize/${token}`,
      `/Authorize/${token}`,
      `/auth/v2/session/${token}/status/`,
      `/auth/v2/session/${issued.access_token}/status/`,
      `/auth/v2/session/${escaped(token)}/decision/`,
      `/x${token}${issued.access_token}y`,
    ];
    const headers = {
      referer: `http://localhost/next=%2Fauthorize%2F${token}&and=${escaped(issued.access_token)}&at=%`,
      'x-custom': `is ${issued.access_token}, and is ${token}`,
    };
    for (const path of paths) await send(watched, path, { headers });
    await watched.waitForRequest('getSessionDecision');
    const { text } = await send(watched, '/__mock/requests');
    const everything = JSON.stringify(watched.requests) + text + events.join('');
    for (const secret of [token, issued.access_token]) {
      expect(everything).not.toContain(secret);
      expect(everything).not.toContain(escaped(secret));
    }
    expect(watched.requests.at(4)).toMatchObject({
      path: '/auth/v2/session/[redacted]/status/',
      headers: {
        referer: 'http://localhost/next=%2Fauthorize%2F[redacted]&and=[redacted]&at=%',
        'x-custom': 'is [redacted], and is [redacted]',
      },
    });
    expect(watched.requests.at(-1)?.path).toBe('/x[redacted][redacted]y');
    await send(watched, `/auth/v2/session/${id}/decision/?x`, {
      headers: { 'x-trace': `%61/${'0af76519'.repeat(8)}` },
    });
    expect(watched.requests.at(-1)).toMatchObject({
      path: `/auth/v2/session/${id}/decision/`,
      headers: { 'x-trace': `%61/${'0af76519'.repeat(8)}` },
    });
  });

  test('is bounded, and keeps counting', async () => {
    const ask = () => send(mock, '/auth/v2/session/a/decision/');
    for (let round = 0; round < 11; round += 1) await Promise.all(Array.from({ length: 100 }, ask));
    expect(mock.requests).toHaveLength(1000);
    expect((await mock.waitForRequest('getSessionDecision', 1100)).status).toBe(403);
    await expect(mock.waitForRequest('getSessionDecision', 100)).rejects.toThrow(/no longer kept/);
  });

  test('waits for the n-th request, those before included, and says how many came', async () => {
    const ask = () => send(mock, '/auth/v2/session/a/decision/');
    await ask();
    const second = mock.waitForRequest('getSessionDecision', 2);
    await expect(mock.waitForRequest('getSessionDecision', 3, { timeoutMs: 50 })).rejects.toThrow(/there were 1/);
    await ask();
    expect(await second).toMatchObject({ operationId: 'getSessionDecision', status: 403 });
    expect(await mock.waitForRequest('getSessionDecision')).toBe(mock.requests[0]);
    await expect(mock.waitForRequest('nope')).rejects.toThrow(/no operation nope/);
    await expect(mock.waitForRequest('issueToken', 0)).rejects.toThrow(RangeError);
  });

  test('coverage counts answers of the contract, ranges included, and no spoilt ones', async () => {
    const ask = () => send(mock, '/auth/v2/session/a/decision/', { headers: { prefer: 'code=503' } });
    expect(mock.coverage()).toMatchObject({ covered: 0, percent: 0 });
    await requestToken(mock);
    mock.fault('getSessionDecision', { kind: 'status', status: 503, times: 1 });
    mock.fault('getSessionDecision', { kind: 'malformed', times: 1 });
    await ask();
    await fetch(`${mock.url}/auth/v2/session/a/decision/`);
    const { responses, covered, total, percent } = mock.coverage();
    expect(responses.filter(({ count }) => count > 0)).toEqual([
      { operationId: 'issueToken', status: '200', count: 1 },
      { operationId: 'getSessionDecision', status: '5XX', count: 1 },
    ]);
    expect([covered, percent]).toEqual([2, (2 / total) * 100]);
    expect(total).toBe(responses.length);
    expect((await send(mock, '/__mock/coverage')).body).toEqual(mock.coverage());
  });
});

test('reset: as if just started', async () => {
  const headers = await bearer(mock);
  const { id } = await open(mock, 'names');
  mock.fault('issueToken', { kind: 'reset' });
  mock.clock.advance({ days: 10 });
  expect((await send(mock, '/__mock/reset', { method: 'POST' })).status).toBe(204);
  expect(mock.requests).toEqual([]);
  expect(mock.coverage().covered).toBe(0);
  expect(Math.abs(mock.clock.now() - Date.now())).toBeLessThan(1000);
  expect(mock.sessions.get(id)).toBeUndefined();
  expect((await send(mock, `/auth/v2/session/${id}/decision/`, { headers })).status).toBe(401);
  expect((await requestToken(mock)).status).toBe(200);
});

describe('who may use the control routes', () => {
  const routes = ['state', 'requests', 'coverage', 'clock', 'faults'].map((name) => `/__mock/${name}`);

  test('with a control token only who has it; health is for all', async () => {
    await using guarded = await startMock({ controlToken: 'open-sesame' });
    for (const path of routes) {
      expect((await send(guarded, path)).status).toBe(401);
      expect((await send(guarded, path, { headers: { authorization: 'Bearer no' } })).status).toBe(401);
      expect((await send(guarded, path, { headers: { authorization: 'bearer open-sesame' } })).status).toBe(200);
    }
    const refused = await send(guarded, '/__mock/reset', { method: 'POST' });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect((await send(guarded, '/__mock/health')).status).toBe(200);
  });

  test('without one, no page that a browser has open under another name or origin', async () => {
    const get = (head: string) => sendRaw(mock, `GET /__mock/state HTTP/1.1\r\n${head}\r\nConnection: close\r\n\r\n`);
    expect(await get('Host: evil.example')).toMatch(/^HTTP\/1\.1 403 /);
    expect(await get(`Host: 127.0.0.1:${mock.port}\r\nOrigin: http://evil.example`)).toMatch(/^HTTP\/1\.1 403 /);
    expect(await get(`Host: localhost:${mock.port}`)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('wrong methods', async () => {
    const { status, headers } = await send(mock, '/__mock/reset');
    expect([status, headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    expect((await send(mock, '/__mock/constructor')).status).toBe(404);
  });
});
