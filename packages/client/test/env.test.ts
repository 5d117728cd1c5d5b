import { afterEach, expect, test, vi } from 'vitest';
import { clientFromEnv, OptionsError } from '../src/index.ts';
import { confirmed, isTokenRequest, json, observed, token } from './support/helpers.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

test('client credentials and base URL come from the environment', async () => {
  environment({ DIDIT_CLIENT_ID: 'id', DIDIT_CLIENT_SECRET: 's', DIDIT_BASE_URL: 'http://localhost:4010' });
  const { fetch, requests } = answering();
  await clientFromEnv({ fetch }).sessions.decision('s-1');
  expect(requests[0]?.url).toBe('http://localhost:4010/auth/v2/token/');
  expect(requests[0]?.headers.get('authorization')).toBe(`Basic ${btoa('id:s')}`);
});

test('an API key does too, and a base URL that is given goes before', async () => {
  environment({ DIDIT_API_KEY: 'key', DIDIT_BASE_URL: 'http://localhost:1' });
  const { fetch, requests } = answering();
  await clientFromEnv({ fetch, baseUrl: 'http://localhost:2' }).sessions.decision('s-1');
  expect(requests[0]?.headers.get('x-api-key')).toBe('key');
  expect(requests[0]?.url).toContain('http://localhost:2/');
});

test('a base URL that is undefined leaves the choice to the environment', async () => {
  environment({ DIDIT_API_KEY: 'key', DIDIT_BASE_URL: 'http://localhost:1' });
  const { fetch, requests } = answering();
  await clientFromEnv({ fetch, baseUrl: undefined }).sessions.decision('s-1');
  expect(requests[0]?.url).toContain('http://localhost:1/');
});

test.each([
  [{}, 'DIDIT_CLIENT_ID and DIDIT_CLIENT_SECRET, or DIDIT_API_KEY'],
  [{ DIDIT_CLIENT_ID: 'id' }, 'DIDIT_CLIENT_SECRET is missing'],
  [{ DIDIT_CLIENT_SECRET: 'topsecret' }, 'DIDIT_CLIENT_ID is missing'],
  [{ DIDIT_CLIENT_ID: 'id', DIDIT_CLIENT_SECRET: '' }, 'DIDIT_CLIENT_SECRET is missing'],
  [{ DIDIT_CLIENT_ID: 'id', DIDIT_CLIENT_SECRET: 'topsecret', DIDIT_API_KEY: 'topsecret' }, 'Keep one'],
])('%j is refused by name', (values, expected) => {
  environment(values);
  expect(() => clientFromEnv()).toThrow(OptionsError);
  expect(() => clientFromEnv()).toThrow(expected);
  expect(() => clientFromEnv()).not.toThrow('topsecret');
});

test('without an environment, the message still names the variables', () => {
  vi.stubGlobal('process', undefined);
  expect(() => clientFromEnv()).toThrow('DIDIT_CLIENT_ID');
});

function environment(values: Record<string, string>) {
  for (const name of ['DIDIT_CLIENT_ID', 'DIDIT_CLIENT_SECRET', 'DIDIT_API_KEY', 'DIDIT_BASE_URL']) {
    vi.stubEnv(name, values[name]);
  }
}

function answering() {
  return observed((request) => (isTokenRequest(request) ? token() : json(confirmed)));
}
