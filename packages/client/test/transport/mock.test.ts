import { type Mock, startMock } from '@didit-data/mock';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, NotFoundError, requireScopes, TokenError } from '../../src/index.ts';
import { undiciFetch } from '../../src/undici.ts';
import { rejection } from '../support/helpers.ts';

const transport = undiciFetch({ connections: 4 });
let mock: Mock;

beforeAll(async () => {
  mock = await startMock({ port: 0, scenario: 'pending' });
});
afterAll(async () => {
  await transport.close();
  await mock.close();
});

test('the whole flow goes over undiciFetch: token, session, status, decision, revoked token, many decisions', async () => {
  const { clientId, clientSecret } = mock;
  const tokens: string[] = [];
  const hooks = { onToken: ({ type }: { type: string }) => tokens.push(type) };
  const didit = createClient({ baseUrl: mock.url, clientId, clientSecret, fetch: transport, hooks });
  const session = await didit.sessions.create({ scope: ['names', 'email'], vendor_data: 'user-42' });
  expect(await didit.sessions.status(session)).toBe('initialized');

  const seen: string[] = [];
  const decided = didit.sessions.waitForDecision(session, {
    intervalMs: 5,
    onStatus(status) {
      seen.push(status);
      if (status === 'initialized') mock.sessions.get(session.session_id)?.confirm();
    },
  });
  const { names, email } = requireScopes(await decided, 'names', 'email');
  expect(names.full_name).toBeTruthy();
  expect(email.is_verified).toBe(true);
  expect(seen).toEqual(['initialized', 'confirmed']);

  mock.tokens.revokeAll();
  expect((await didit.sessions.decision(session)).status).toBe('Confirmed');
  expect(tokens).toEqual(['issued', 'invalidated', 'issued']);

  const results = [];
  for await (const result of didit.sessions.decisions([session.session_id, 'no-such-session'])) results.push(result);
  expect(results).toHaveLength(2);
  expect(results.find(({ error }) => error)?.error).toBeInstanceOf(NotFoundError);
});

test('a wrong secret is a TokenError', async () => {
  const { clientId } = mock;
  const wrong = createClient({ baseUrl: mock.url, clientId, clientSecret: 'wrong', fetch: transport });
  const error = await rejection(wrong.sessions.decision('s-1'));
  expect(error).toBeInstanceOf(TokenError);
  expect(error).toMatchObject({ status: 401, code: 'invalid_client' });
});
