import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Mock, type MockEvent, startMock } from '../src/index.ts';
import { basic, form, send } from './helpers.ts';

let mock: Mock;
const events: MockEvent[] = [];
beforeAll(async () => {
  mock = await startMock({ onEvent: (event) => events.push(event) });
});
afterAll(() => mock.close());

const contract = createRequire(import.meta.url).resolve('@didit-data/openapi/didit-data.yaml');

test('an example by its name, without a session', async () => {
  for (const name of ['confirmed', 'unknown-status', 'minimal']) {
    const { status, body } = await decision(`example=${name}`);
    expect([status, body]).toEqual([200, example(`decision.${name}`)]);
  }
});

test('any code of the contract, with its headers', async () => {
  for (const code of [400, 401, 403, 404, 429]) expect((await decision(`code=${code}`)).status).toBe(code);
  const limited = await decision('code=429');
  expect(limited.headers.get('retry-after')).toBe('5');
  expect(limited.headers.get('x-ratelimit-remaining')).toBe('0');
  expect((await decision('code=401, example=message')).body).toEqual(example('error.message'));
});

test('any code of a range in the contract', async () => {
  for (const code of [500, 502, 503, 599]) {
    const { status, body } = await decision(`code=${code}`);
    expect([status, body]).toEqual([code, example('error.server')]);
  }
});

test('the HTML page of a proxy, by example or by Accept', async () => {
  for (const reply of [
    await decision('code=502, example=bad-gateway'),
    await decision('code=502', { accept: 'text/html' }),
  ]) {
    expect([reply.status, reply.headers.get('content-type')]).toEqual([502, 'text/html']);
    expect(reply.text).toBe(example('error.bad-gateway'));
  }
});

test('dynamic answers: the same seed makes the same answer, and does not affect later ones', async () => {
  const get = async (prefer: string) => (await decision(prefer)).text;
  const seeded = await get('dynamic=true, seed=abc');
  expect(seeded.length).toBeGreaterThan(20);
  expect(await get('dynamic=true, seed=abc')).toBe(seeded);
  expect(await get('dynamic=true, seed=abd')).not.toBe(seeded);
  await get('dynamic=true, seed=abc');
  const unseeded = await get('dynamic=true');
  await get('dynamic=true, seed=abc');
  expect(await get('dynamic=true')).not.toBe(unseeded);
});

test('dynamic answers satisfy the contract', async () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const { status, text } = await decision(`dynamic=true, seed=${seed}`);
    expect(status, text).toBe(200);
  }
  expect(events.filter(({ event }) => event !== 'request')).toEqual([]); // no answer violates its schema
});

test('quotes, case and other preferences are understood', async () => {
  expect((await decision('respond-async, Code="503"; wait=10')).status).toBe(503);
  expect((await decision('return=minimal')).status).toBe(404); // not for the mock: the session does not exist
});

test.each([
  ['code=418', /no 418 answer for getSessionDecision/],
  ['code=abc', /no abc answer/],
  ['code=503, example=confirmed', /has no example "confirmed".*bad-gateway/],
  ['example=nope', /has no example "nope".*confirmed/],
  ['dynamic=maybe', /dynamic must be/],
])('%s is refused, not answered with something else', async (prefer, message) => {
  const { status, body } = await decision(prefer);
  expect([status, body]).toEqual([400, { detail: expect.stringMatching(message) }]);
});

test('a media type that the contract does not have is refused', async () => {
  const refused = await decision('code=429', { accept: 'text/html' });
  expect([refused.status, refused.body]).toEqual([400, { detail: expect.stringMatching(/429.*application\/json/) }]);
  expect((await decision('example=confirmed', { accept: 'application/xml' })).status).toBe(200);
  expect((await decision('code=200')).status).toBe(200); // the earlier call has no effect
  expect((await decision('code=200', { accept: 'nonsense, ;;;' })).status).toBe(200);
});

test('credentials and the request are still checked', async () => {
  const path = '/auth/v2/session/any/decision/';
  expect((await send(mock, path, { headers: { prefer: 'code=503' } })).status).toBe(403);
  expect((await send(mock, path, { headers: { prefer: 'code=503', authorization: 'Bearer no' } })).status).toBe(401);
  const headers = { 'x-api-key': mock.clientSecret, 'content-type': 'application/json', prefer: 'code=201' };
  const session = { method: 'POST', headers };
  expect((await send(mock, '/auth/v2/session', { ...session, body: '{}' })).status).toBe(400);
  expect((await send(mock, '/auth/v2/session', { ...session, body: '{"scope":"names"}' })).status).toBe(201);
});

test('the token operation too', async () => {
  const authorization = basic(mock.clientId, mock.clientSecret);
  const { status, body } = await send(mock, '/auth/v2/token/', {
    method: 'POST',
    headers: { ...form, authorization, prefer: 'example=minimal' },
    body: 'grant_type=client_credentials',
  });
  expect([status, body]).toEqual([200, example('token.minimal')]);
});

function decision(prefer: string, headers: Record<string, string> = {}) {
  return send(mock, '/auth/v2/session/any/decision/', {
    headers: { 'x-api-key': mock.clientSecret, prefer, ...headers },
  });
}

function example(name: string) {
  return JSON.parse(readFileSync(join(dirname(contract), 'examples', `${name}.json`), 'utf8')).value;
}
