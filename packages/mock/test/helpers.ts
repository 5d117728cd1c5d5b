import { connect } from 'node:net';
import { expect } from 'vitest';
import type { Mock } from '../src/index.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are asserted on member by member
  readonly body: any;
}

/** Sends a request and reads the answer. Throws when the answer violates the contract. */
export async function send(mock: Mock, path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(`${mock.url}${path}`, init);
  const text = await response.text();
  if (text.includes('Error of the mock')) throw new Error(text);
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
}

export function basic(id: string, secret: string, scheme = 'Basic'): string {
  return `${scheme} ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

export const form = { 'content-type': 'application/x-www-form-urlencoded' };

export function requestToken(
  mock: Mock,
  { authorization = basic(mock.clientId, mock.clientSecret), body = 'grant_type=client_credentials' } = {},
): Promise<Reply> {
  return send(mock, '/auth/v2/token/', {
    method: 'POST',
    headers: { ...form, ...(authorization && { authorization }) },
    body,
  });
}

/** A valid `Authorization` header. */
export async function bearer(mock: Mock): Promise<{ authorization: string }> {
  const { body } = await requestToken(mock);
  return { authorization: `Bearer ${body.access_token}` };
}

export async function createSession(mock: Mock, body: unknown, path = '/auth/v2/session'): Promise<Reply> {
  return send(mock, path, {
    method: 'POST',
    headers: { 'x-api-key': mock.clientSecret, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export interface Opened {
  readonly id: string;
  readonly token: string;
  status(): Promise<Reply>;
  decision(): Promise<Reply>;
}

/** Creates a session, and returns functions that read its status and decision. */
export async function open(mock: Mock, scope: string, vendorData?: string): Promise<Opened> {
  const { status, body } = await createSession(mock, {
    scope,
    ...(vendorData !== undefined && { vendor_data: vendorData }),
  });
  expect(status).toBe(200);
  const key = { 'x-api-key': mock.clientSecret };
  const path = `/auth/v2/session/${body.session_id}`;
  return {
    id: body.session_id,
    token: body.session_token,
    status: () => send(mock, `${path}/status/`, { headers: { ...key, 'data-session-token': body.session_token } }),
    decision: () => send(mock, `${path}/decision/`, { headers: key }),
  };
}

/** Sends raw bytes, and returns everything that the mock sends until it ends the connection. */
export function sendRaw(mock: Mock, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(mock.port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(5_000, () => socket.destroy(new Error(`No end within 5 s, got: ${received}`)));
    socket.on('data', (chunk) => {
      received += chunk.toString();
    });
    socket.on('end', () => resolve(received));
    socket.on('error', reject);
  });
}
