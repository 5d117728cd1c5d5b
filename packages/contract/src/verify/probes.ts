import { randomUUID } from 'node:crypto';
import type { Parts } from './send.ts';
import type { Credentials, KnownSession } from './target.ts';

/** One request of an operation, and the statuses that the contract documents for it. */
export interface Probe {
  readonly operation: string;
  /** In words that name no session, for example `for an unknown session`. */
  readonly title: string;
  readonly expected: readonly string[];
  readonly parts: Parts;
  /**
   * For a request that uses credentials or a session of the caller: the statuses that refuse them, and what to check.
   */
  readonly given?: { readonly refusedBy: readonly string[]; readonly advice: string };
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };
const grant = 'grant_type=client_credentials';

const ownCredentials = { refusedBy: ['401', '403'], advice: 'Check the credentials in the environment.' };
const ownSession = {
  refusedBy: ['400', '401', '403', '404'],
  advice: 'Check --session and --session-token, and the credentials in the environment.',
};
const ownClient = {
  refusedBy: ['400', '401', '403', '404'],
  advice: 'Check --url, DIDIT_CLIENT_ID and DIDIT_CLIENT_SECRET.',
};

/** Headers that identify the caller: of a token, or of an API key. */
export function bearer(token: string) {
  return { authorization: `Bearer ${token}` };
}
export function apiKey(key: string) {
  return { 'x-api-key': key };
}

/** Requests a token with the caller's credentials. */
export function tokenProbe({ clientId, clientSecret }: { clientId: string; clientSecret: string }): Probe {
  const headers = { ...form, ...basic(clientId, clientSecret) };
  const parts = { headers, body: grant };
  return { operation: 'issueToken', title: 'for a token', expected: ['200'], parts, given: ownClient };
}

/** Token requests that must be refused, so that they change nothing. With an API key there is only one. */
export function refusedTokenProbes(credentials: Credentials): Probe[] {
  const operation = 'issueToken';
  const anonymous = { title: 'without credentials', expected: ['401', '403'], parts: { headers: form, body: grant } };
  if ('apiKey' in credentials) return [{ operation, ...anonymous }];
  const { clientId, clientSecret } = credentials;
  const wrongSecret = { ...form, ...basic(clientId, 'not-the-secret') };
  const rightSecret = { ...form, ...basic(clientId, clientSecret) };
  return [
    { operation, ...anonymous },
    { operation, title: 'with a wrong secret', expected: ['401'], parts: { headers: wrongSecret, body: grant } },
    {
      operation,
      title: 'with an unknown grant type',
      expected: ['400'],
      given: ownCredentials,
      parts: { headers: rightSecret, body: 'grant_type=none' },
    },
  ];
}

/** Creates a session, and tries some that cannot be created. Only with `write`. */
export function createSessionProbes(headers: Parts['headers']): Probe[] {
  const operation = 'createSession';
  const body = JSON.stringify({ scope: 'names email', vendor_data: 'contract-verify' });
  const withoutScope = JSON.stringify({ vendor_data: 'contract-verify' });
  return [
    {
      operation,
      title: 'for a new session',
      expected: ['200', '201'],
      parts: { headers: { ...headers, ...json }, body },
      given: ownCredentials,
    },
    {
      operation,
      title: 'without a scope',
      expected: ['400'],
      parts: { headers: { ...headers, ...json }, body: withoutScope },
      given: ownCredentials,
    },
    ...refusals(operation, { headers: json, body }),
  ];
}

/** Requests an existing session: the caller's, or one that was created. */
export function sessionProbes(headers: Parts['headers'], { id, token }: KnownSession, isGiven: boolean): Probe[] {
  const path = { session_id: id };
  const title = isGiven ? 'for the session given' : 'for the session created';
  const common = { title, expected: ['200'], given: isGiven ? ownSession : ownCredentials };
  const decision = { operation: 'getSessionDecision', ...common, parts: { path, headers: headers ?? {} } };
  if (token === undefined) return [decision];
  const withToken = (value: string) => ({ path, headers: { ...headers, 'data-session-token': value } });
  return [
    { operation: 'getSessionStatus', ...common, parts: withToken(token) },
    {
      operation: 'getSessionStatus',
      title: 'with a wrong session token',
      expected: ['401', '403', '404'],
      parts: withToken('not-the-session-token'),
    },
    decision,
  ];
}

/** Requests an unknown session, also with invalid credentials. */
export function absentSessionProbes(headers: Parts['headers']): Probe[] {
  const path = { session_id: randomUUID() };
  const sessionToken = { 'data-session-token': 'not-the-session-token' };
  const title = 'for an unknown session';
  return [
    {
      operation: 'getSessionStatus',
      title,
      expected: ['403', '404'], // the session token is wrong as well, and the service may check it first
      parts: { path, headers: { ...headers, ...sessionToken } },
      given: ownCredentials,
    },
    ...refusals('getSessionStatus', { path, headers: sessionToken }),
    {
      operation: 'getSessionDecision',
      title,
      expected: ['404'],
      parts: { path, headers: headers ?? {} },
      given: ownCredentials,
    },
    ...refusals('getSessionDecision', { path }),
  ];
}

function basic(id: string, secret: string) {
  return {
    authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
  };
}

function refusals(operation: string, parts: Parts): Probe[] {
  const credential = (headers: Record<string, string>) => ({ ...parts, headers: { ...parts.headers, ...headers } });
  return [
    { operation, title: 'without a credential', expected: ['403'], parts },
    { operation, title: 'with a wrong token', expected: ['401'], parts: credential(bearer('not-a-token')) },
    { operation, title: 'with a wrong API key', expected: ['401'], parts: credential(apiKey('not-a-key')) },
  ];
}
