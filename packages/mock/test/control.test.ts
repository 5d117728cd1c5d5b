import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMock, type Mock, startMock } from '../src/index.ts';
import { basic, bearer, createSession, form, open, requestToken, send, sendRaw } from './helpers.ts';

let mock: Mock;
beforeEach(async () => {
  mock = await startMock();
});
afterEach(() => mock.close());

describe('the clock', () => {
  test('after 25 hours, tokens are refused and undecided sessions have expired', async () => {
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

  test('sessionLifetimeSeconds shortens the life of a session', async () => {
    await using short = await startMock({ sessionLifetimeSeconds: 60 });
    const { body } = await createSession(short, { scope: 'names', vendor_data: 'mock:pending' });
    short.clock.advance({ seconds: 59, ms: 500 });
    expect(short.sessions.get(body.session_id)?.status).toBe('initialized');
    short.clock.advance({ seconds: 1 });
    expect(short.sessions.get(body.session_id)?.status).toBe('expired');
  });

  test('can be set, based on the option now', async () => {
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
  ])('a refused request over HTTP does not move the clock: %j', async (wish) => {
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
        new RangeError('The clock can only be set to a moment in the years 0 to 9998.'),
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
    [{ kind: 'reset' }, /operationId must be a string/],
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
  test('contains the requests, and no secret', async () => {
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
    expect(mock.requests.at(0)?.headers).toMatchObject({
      authorization: '[redacted]',
      'content-type': form['content-type'],
    });
    expect(mock.requests.at(4)).toMatchObject({
      path: `/auth/v2/session/${id}/decision/`,
      headers: { authorization: '[redacted]', 'x-other': '[redacted]', accept: '*/*', host: new URL(mock.url).host },
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

  const escaped = (text: string) =>
    Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

  test('contains no issued token, in any part of a request, also after it expired', async () => {
    const events: string[] = [];
    const watched = await startMock({ onEvent: (event) => events.push(JSON.stringify(event)) });
    const headers = async () => ({ authorization: (await bearer(watched)).authorization });
    const tokenOf = ({ authorization }: { authorization: string }) => authorization.slice('Bearer '.length);
    const expired = tokenOf(await headers());
    watched.clock.advance({ days: 2 });
    const [revoked, valid] = [tokenOf(await headers()), tokenOf(await headers())];
    watched.tokens.revoke(revoked);
    const { token: ended } = await open(watched, 'names', 'mock:pending');
    watched.reset();
    const { token: session } = await open(watched, 'names', 'mock:pending');
    const secrets = [expired, revoked, valid, ended, session];
    for (const secret of secrets) {
      const forms = [secret, escaped(secret), escaped(secret).toUpperCase(), escaped(escaped(secret))];
      for (const form of forms) {
        for (const path of [
          `/authorize/${form}`,
          `//Authorize/${form}`,
          `/auth/v2/session/${form}/decision/`,
          `/x${form}y?${form}`,
        ]) {
          const sent = { 'x-custom': `is ${form}`, 'user-agent': `agent/${form}`, referer: `http://x/${form}` };
          await send(watched, path, { headers: sent });
        }
      }
      expect(watched.requests.at(-4)?.path).toBe('/authorize/[redacted]');
      expect(watched.requests.at(-2)?.path).toBe('/auth/v2/session/[redacted]/decision/');
      expect(watched.requests.at(-1)).toMatchObject({
        path: '/x[redacted]y',
        headers: { 'user-agent': 'agent/[redacted]', 'x-custom': '[redacted]', referer: '[redacted]' },
      });
    }
    await send(watched, `/${valid}${session}`);
    expect(watched.requests.at(-1)?.path).toBe('/[redacted][redacted]');
    const { text } = await send(watched, '/__mock/requests');
    await watched.close();
    const everything = JSON.stringify(watched.requests) + text + events.join('');
    for (const secret of secrets) {
      for (const form of [secret, escaped(secret), escaped(escaped(secret))]) {
        expect(everything.toLowerCase()).not.toContain(form.toLowerCase());
      }
    }
  });

  test('contains no client secret, also percent-encoded, and no control token', async () => {
    const clients = [{ clientId: 'shop', clientSecret: 'a/b+ü:%41 z' }];
    await using guarded = await startMock({ clients, controlToken: 'open-sesame' });
    const secret = 'a/b+ü:%41 z';
    const pair = Buffer.from(`shop:${secret}`).toString('base64');
    for (const form of [
      encodeURIComponent(secret),
      escaped(secret),
      escaped(escaped(secret)),
      'open-sesame',
      '%6fpen-sesame',
      pair,
    ]) {
      await send(guarded, `/at/${form}/end`);
      expect(guarded.requests.at(-1)?.path).toBe('/at/[redacted]/end');
    }
  });

  test('shows paths and harmless headers unchanged', async () => {
    const headers = {
      accept: 'text/html',
      prefer: 'code=404',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-1-01',
    };
    const path = `/a%20b/${'0af76519'.repeat(8)}/%E0%A4%A/c%2Fd`;
    await send(mock, path, { headers });
    expect(mock.requests.at(-1)).toMatchObject({ path, headers });
  });

  test('has a limit, and continues to count', async () => {
    const ask = () => send(mock, '/auth/v2/session/a/decision/');
    for (let round = 0; round < 11; round += 1) await Promise.all(Array.from({ length: 100 }, ask));
    expect(mock.requests).toHaveLength(1000);
    expect((await mock.waitForRequest('getSessionDecision', 1100)).status).toBe(403);
    await expect(mock.waitForRequest('getSessionDecision', 100)).rejects.toThrow(/no longer kept/);
  });

  test('waits for the n-th request, counts earlier ones, and reports how many came', async () => {
    const ask = () => send(mock, '/auth/v2/session/a/decision/');
    await ask();
    const second = mock.waitForRequest('getSessionDecision', 2);
    await expect(mock.waitForRequest('getSessionDecision', 3, { timeoutMs: 50 })).rejects.toThrow(/There were 1/);
    await ask();
    expect(await second).toMatchObject({ operationId: 'getSessionDecision', status: 403 });
    expect(await mock.waitForRequest('getSessionDecision')).toBe(mock.requests[0]);
    await expect(mock.waitForRequest('nope')).rejects.toThrow(/no operation nope/);
    await expect(mock.waitForRequest('issueToken', 0)).rejects.toThrow(RangeError);
  });

  test('coverage counts answers of the contract, also ranges, but no changed ones', async () => {
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

test('reset restores the state after the start', async () => {
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

describe('reset', () => {
  const ways = [
    ['by the control', async () => mock.reset()],
    ['by the route', async () => void (await send(mock, '/__mock/reset', { method: 'POST' }))],
  ] as const;
  const ask = () => fetch(`${mock.url}/auth/v2/session/a/decision/`);

  test.each(ways)('%s, faults with a probability play as after the start', async (_, reset) => {
    const draw = async () => {
      mock.fault('getSessionDecision', { kind: 'status', status: 500, probability: 0.5 });
      const statuses: number[] = [];
      for (let n = 0; n < 30; n += 1) statuses.push((await ask()).status);
      return statuses;
    };
    const first = await draw();
    await reset();
    expect(await draw()).toEqual(first);
    mock.clearFaults(); // does not reset
    expect(await draw()).not.toEqual(first);
  });

  test.each(ways)('%s, a waitForRequest rejects', async (_, reset) => {
    const waiting = mock.waitForRequest('issueToken', 2, { timeoutMs: 60_000 }).catch((error: unknown) => error);
    await requestToken(mock);
    await reset();
    expect(await waiting).toEqual(new Error('The mock was reset while waiting for request 2 to issueToken.'));
    const next = mock.waitForRequest('issueToken');
    await requestToken(mock);
    expect((await next).status).toBe(200);
  });

  test.each(ways)('%s, a request in a hang ends, and a delayed one is answered', async (_, reset) => {
    mock.fault('getSessionDecision', { kind: 'hang', times: 1 });
    mock.fault('getSessionDecision', { kind: 'delay', ms: 60_000, times: 1 });
    mock.fault('getSessionDecision', { kind: 'slow-drip', ms: 60_000, times: 1 });
    const hanging = ask().catch((error: unknown) => error);
    await mock.waitForRequest('getSessionDecision', 1);
    const delayed = ask();
    await mock.waitForRequest('getSessionDecision', 2);
    const dripping = await ask();
    await reset();
    expect(await hanging).toMatchObject({ name: 'TypeError', cause: { code: 'UND_ERR_SOCKET' } });
    expect((await delayed).status).toBe(403);
    expect(await dripping.json()).toHaveProperty('detail');
    expect(mock.requests).toEqual([]);
  });

  test('also without a socket', async () => {
    const inside = await createMock();
    inside.fault('*', { kind: 'hang', times: 1 });
    inside.fault('*', { kind: 'delay', ms: 60_000, times: 1 });
    const once = () => inside.fetch(`${inside.url}/auth/v2/session/a/decision/`);
    const hanging = once().catch((error: unknown) => error);
    await inside.waitForRequest('getSessionDecision', 1);
    const delayed = once();
    await inside.waitForRequest('getSessionDecision', 2);
    inside.reset();
    expect(await hanging).toMatchObject({ name: 'TypeError', cause: { code: 'UND_ERR_SOCKET' } });
    expect((await delayed).status).toBe(403);
  });

  test('ids of faults, session numbers and request counts start again', async () => {
    const numbers: unknown[] = [];
    for (let round = 0; round < 2; round += 1) {
      const { decision } = await open(mock, 'names');
      const fault = mock.fault('issueToken', { kind: 'reset' });
      numbers.push([fault.id, (await decision()).body, (await send(mock, '/__mock/state')).body.requests]);
      mock.reset();
    }
    const same = { session_id: expect.any(String), created_at: expect.any(String) };
    expect(numbers[1]).toEqual([1, { ...(numbers[0] as [number, object])[1], ...same }, 2]);
  });

  test('the handle of an earlier fault clears nothing', async () => {
    const before = mock.fault('issueToken', { kind: 'status', status: 500 });
    mock.reset();
    mock.fault('issueToken', { kind: 'status', status: 501 });
    before.clear();
    expect((await requestToken(mock)).status).toBe(501);
  });
});

describe('what is kept', () => {
  const create = async (on: Mock, vendorData = 'mock:pending'): Promise<string> =>
    (await createSession(on, { scope: 'names', vendor_data: vendorData })).body.session_id;

  test('keeps maxSessions sessions: forgets the one that ended first, then the oldest', async () => {
    await using small = await startMock({ maxSessions: 3 });
    const [a, b, c] = [await create(small), await create(small), await create(small)];
    const kept = () => [a, b, c, d, e].map((id) => small.sessions.get(id) !== undefined);
    small.sessions.get(c)?.confirm();
    small.sessions.get(b)?.decline();
    let [d, e] = ['', ''];
    d = await create(small);
    expect(kept()).toEqual([true, true, false, true, false]);
    e = await create(small);
    expect(kept()).toEqual([true, false, false, true, true]);
    await create(small);
    expect(kept()).toEqual([false, false, false, true, true]);
    const gone = await send(small, `/auth/v2/session/${a}/decision/`, { headers: { 'x-api-key': small.clientSecret } });
    expect([gone.status, gone.body]).toEqual([404, { detail: 'Not found.' }]);
  });

  test('the state has pages, also when the session of the cursor is forgotten', async () => {
    await using small = await startMock({ maxSessions: 250 });
    const ids: string[] = [];
    for (let n = 0; n < 250; n += 1) ids.push(await create(small));
    const get = async (query = '') => (await send(small, `/__mock/state${query}`)).body;
    const first = await get();
    expect([first.sessions.length, first.sessionCount]).toEqual([100, 250]);
    const second = await get(`?after=${first.next}`);
    for (let n = 0; n < 110; n += 1) ids.push(await create(small)); // forgets the first 110
    const third = await get(`?after=${second.next}&limit=1000`);
    expect(third).not.toHaveProperty('next');
    const listed = [first, second, third].flatMap(({ sessions }) => sessions.map(({ id }: { id: string }) => id));
    expect(listed).toEqual(ids);
    expect((await get(`?after=${first.next}&limit=1`)).sessions).toMatchObject([{ id: ids[110] }]);
    for (const bad of ['limit=0', 'limit=1001', 'limit=x', 'limit=', 'after=-1', 'after=x']) {
      expect((await send(small, `/__mock/state?${bad}`)).status).toBe(400);
    }
  });

  test('keeps 10 000 of 20 000 sessions, and the state is fast', async () => {
    const inside = await createMock();
    const headers = { 'x-api-key': inside.clientSecret, 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: '{"scope":"names"}' };
    for (let n = 0; n < 20; n += 1) {
      await Promise.all(Array.from({ length: 1_000 }, () => inside.fetch(`${inside.url}/auth/v2/session`, init)));
    }
    const begun = performance.now();
    const text = await (await inside.fetch(`${inside.url}/__mock/state`)).text();
    expect(performance.now() - begun).toBeLessThan(500);
    expect(text.length).toBeLessThan(50_000);
    expect(JSON.parse(text)).toMatchObject({ sessionCount: 10_000, next: 20_100 });
  }, 120_000);

  test('keeps 10 000 tokens, forgets the oldest; expired ones do not count', async () => {
    const inside = await createMock();
    const headers = { ...form, authorization: basic(inside.clientId, inside.clientSecret) };
    const init = { method: 'POST', headers, body: 'grant_type=client_credentials' };
    const issue = async (): Promise<string> =>
      (await (await inside.fetch(`${inside.url}/auth/v2/token/`, init)).json()).access_token;
    const many = (count: number) => Promise.all(Array.from({ length: count }, issue));
    const active = async () => (await (await inside.fetch(`${inside.url}/__mock/state`)).json()).activeTokens;
    const status = async (token: string) => {
      const sent = { authorization: `Bearer ${token}` };
      return (await inside.fetch(`${inside.url}/auth/v2/session/a/decision/`, { headers: sent })).status;
    };
    const [oldest = '', second = ''] = [await issue(), await issue()];
    for (let n = 0; n < 9_999; n += 1_111) await many(1_111);
    expect(await active()).toBe(10_000);
    expect([await status(oldest), await status(second)]).toEqual([401, 404]);
    inside.clock.advance({ days: 2 });
    expect(await active()).toBe(0);
    const [survivor = '', another = ''] = await many(2);
    await many(1_000);
    expect(inside.tokens.revoke(another)).toBe(true);
    inside.clock.advance({ days: 2 });
    await many(1_000); // the store looks for expired tokens every 1 000
    expect(inside.tokens.revoke(survivor)).toBe(false);
  }, 60_000);

  test('forgets expired tokens that nobody uses', async () => {
    const store = await startMock({ clients: [{ clientId: 'brief', clientSecret: 's', tokenLifetimeSeconds: 60 }] });
    const { body } = await requestToken(store);
    store.clock.advance({ minutes: 2 });
    expect((await send(store, '/__mock/state')).body.activeTokens).toBe(0);
    expect(store.tokens.revoke(body.access_token)).toBe(false);
    await store.close();
  });
});

describe('who may use the control routes', () => {
  const routes = ['state', 'requests', 'coverage', 'clock', 'faults'].map((name) => `/__mock/${name}`);

  test('with a control token: only its holders; health is for everyone', async () => {
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

  test('without one: no web page with another host name or origin', async () => {
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

function post(path: string, body: unknown, headers = {}) {
  return send(mock, path, { method: 'POST', body: JSON.stringify(body), headers });
}
