import { type Agent, request } from 'undici';
import type { Candidate } from '../measure.ts';

/** A server that answers as the service does. */
interface Service {
  readonly name: string;
  readonly url: string;
}

const tokenRequest = {
  method: 'POST',
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    authorization: `Basic ${btoa('didit-mock-client:didit-mock-secret')}`,
  },
  body: 'grant_type=client_credentials',
} as const;

/** Requests a token by the global fetch. */
export async function requestToken(url: string): Promise<{ status: number; access_token: string }> {
  const response = await fetch(`${url}/auth/v2/token/`, tokenRequest);
  const { access_token } = (await response.json()) as { access_token: string };
  return { status: response.status, access_token };
}

/** Requests a token by undici. */
export function tokenCall({ name, url }: Service, dispatcher: Agent): Candidate {
  return { name, call: async () => checked(await request(`${url}/auth/v2/token/`, { ...tokenRequest, dispatcher })) };
}

/** Retrieves a decision by undici. Our mock refuses tokens of others, so each server issues its own. */
export async function decisionCall({ name, url }: Service, dispatcher: Agent): Promise<Candidate> {
  const { access_token } = await requestToken(url);
  const headers = { authorization: `Bearer ${access_token}` };
  const target = await decisionOfNewSession(url, headers, fetch);
  return { name, call: async () => checked(await request(target, { headers, dispatcher })) };
}

/** Retrieves a decision by a `fetch`. */
export async function fetchedDecision({ name, url }: Service, fetch: typeof globalThis.fetch): Promise<Candidate> {
  const headers = { 'x-api-key': 'didit-mock-secret' };
  const target = await decisionOfNewSession(url, headers, fetch);
  const call = async () => {
    const response = await fetch(target, { headers });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`A mock answered ${response.status}.`);
  };
  return { name, call };
}

/** @returns the URL of the decision of a new session */
async function decisionOfNewSession(
  url: string,
  credential: Readonly<Record<string, string>>,
  fetch: typeof globalThis.fetch,
): Promise<string> {
  const created = await fetch(`${url}/auth/v2/session`, {
    method: 'POST',
    headers: { ...credential, 'content-type': 'application/json' },
    body: JSON.stringify({ scope: 'names email phone' }),
  });
  const { session_id } = (await created.json()) as { session_id: string };
  return `${url}/auth/v2/session/${session_id}/decision/`;
}

async function checked({ statusCode, body }: Awaited<ReturnType<typeof request>>): Promise<void> {
  await body.dump();
  if (statusCode !== 200) throw new Error(`A mock answered ${statusCode}.`);
}
