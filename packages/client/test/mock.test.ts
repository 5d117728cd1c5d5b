import { type Mock, startMock } from '@didit-data/mock';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, type DiditClient, NotFoundError, TokenError } from '../src/index.ts';
import { rejection } from './support/helpers.ts';

let mock: Mock;
let didit: DiditClient;

beforeAll(async () => {
  mock = await startMock({ port: 0, scenario: 'pending' });
  didit = createClient({ baseUrl: mock.url, clientId: mock.clientId, clientSecret: mock.clientSecret });
});
afterAll(() => mock.close());

test('a session goes from created to confirmed, and its decision holds what was shared', async () => {
  const session = await didit.sessions.create({ scope: ['names', 'email', 'phone'], vendor_data: 'user-42' });
  expect(await didit.sessions.status(session)).toBe('initialized');
  const before = await didit.sessions.decision(session);
  expect(before).toMatchObject({ session_id: session.session_id, status: 'Initialized', vendor_data: 'user-42' });
  expect(before.user_data ?? null).toBeNull();

  mock.sessions.get(session.session_id)?.confirm({ share: ['email'] });
  expect(await didit.sessions.status(session)).toBe('confirmed');
  const decision = await didit.sessions.decision(session);
  expect(decision).toMatchObject({ status: 'Confirmed', scope: 'email' });
  expect(decision.user_data?.email?.is_verified).toBe(true);
  expect(decision.user_data).not.toHaveProperty('phone');
});

test('a declined session shares nothing', async () => {
  const session = await didit.sessions.create({ scope: ['names'] });
  mock.sessions.get(session.session_id)?.decline();
  const decision = await didit.sessions.decision(session);
  expect(decision.status).toBe('Declined');
  expect(decision.user_data ?? null).toBeNull();
});

test('an unknown session is a NotFoundError', async () => {
  const error = await rejection(didit.sessions.decision('no-such-session'));
  expect(error).toBeInstanceOf(NotFoundError);
  expect(error).toMatchObject({ operation: 'getSessionDecision', status: 404 });
});

test('a wrong secret is a TokenError with status 401 and code invalid_client', async () => {
  const wrong = createClient({ baseUrl: mock.url, clientId: mock.clientId, clientSecret: 'wrong' });
  const error = await rejection(wrong.sessions.decision('s-1'));
  expect(error).toBeInstanceOf(TokenError);
  expect(error).toMatchObject({ operation: 'issueToken', status: 401, code: 'invalid_client' });
});

test("an API key works as the client's secret", async () => {
  const keyed = createClient({ baseUrl: mock.url, apiKey: mock.clientSecret });
  const session = await keyed.sessions.create({ scope: ['email'] });
  expect((await keyed.sessions.decision(session)).session_id).toBe(session.session_id);
});
