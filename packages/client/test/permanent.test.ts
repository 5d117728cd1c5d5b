import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { describe, expect, test, vi } from 'vitest';
import { type ClientOptions, ConnectionError, createClient, type RetryEvent } from '../src/index.ts';
import { undiciFetch } from '../src/undici.ts';
import { confirmed, rejection } from './support/helpers.ts';
import { sendJson, serve } from './support/service.ts';

interface Certificate {
  readonly ip?: string;
  readonly from?: string;
  readonly to?: string;
}

describe.each(['the global fetch', './undici'])('what does not pass is named and not tried again, on %s', (name) => {
  /** What a call fails with, and how often it was sent again. */
  async function failureAt(baseUrl: string, options: Partial<ClientOptions> = {}) {
    const transport = name === './undici' ? undiciFetch() : undefined;
    const retries: RetryEvent[] = [];
    const hooks = { onRetry: (event: RetryEvent) => retries.push(event) };
    const didit = createClient({ apiKey: 'key-1', baseUrl, fetch: transport, hooks, ...options } as ClientOptions);
    const error = (await rejection(didit.sessions.decision('s-1'))) as ConnectionError;
    await transport?.close();
    return { error, retries };
  }

  test('a certificate of its own making', async () => {
    await using service = await startTls({});
    const { error, retries } = await failureAt(service.url);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ permanent: true, refused: true, operation: 'getSessionDecision' });
    expect(error.message).toMatch(
      /The TLS certificate of 127\.0\.0\.1:\d+ is not trusted \(\w+\)\. .*NODE_EXTRA_CA_CERTS/,
    );
    expect(error.message).not.toContain('try again');
    expect([retries.length, service.connections()]).toEqual([0, 1]);
  });

  test('the end of decisions, at the first id', async () => {
    await using service = await startTls({});
    const didit = createClient({ apiKey: 'key-1', baseUrl: service.url });
    const results: unknown[] = [];
    const ended = (async () => {
      for await (const result of didit.sessions.decisions(['a', 'b', 'c'], { concurrency: 1 })) results.push(result);
    })();
    expect(await rejection(ended)).toMatchObject({ name: 'ConnectionError', permanent: true });
    expect([results.length, service.connections()]).toEqual([0, 1]);
  });

  test.each<[string, object, string]>([
    ['no version that both know', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' }, 'No TLS connection with'],
    ['no client certificate', { requestCert: true, maxVersion: 'TLSv1.2' }, 'It may ask for a client certificate.'],
  ])('an alert in the handshake: %s', async (_, options, message) => {
    await using service = await startTls({}, options);
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0'); // so that the server is the one that refuses
    const { error, retries } = await failureAt(service.url).finally(() => vi.unstubAllEnvs());
    expect(error).toMatchObject({ name: 'ConnectionError', permanent: true });
    expect(error.message).toContain(message);
    expect(retries).toEqual([]);
  });

  test('http where https is expected', async () => {
    const service = await serve((_, response) => sendJson(response, confirmed));
    const { error, retries } = await failureAt(service.url.replace('http:', 'https:'));
    await service.close();
    expect(error).toMatchObject({ name: 'ConnectionError', permanent: true });
    expect(error.message).toContain('its port must speak https');
    expect(retries).toEqual([]);
  });

  test('a token request that meets it, and a wait for a decision', async () => {
    await using service = await startTls({});
    const didit = createClient({ clientId: 'id', clientSecret: 'secret', baseUrl: service.url });
    const session = { session_id: 's-1', session_token: 'st-1' };
    const error = await rejection(didit.sessions.waitForDecision(session));
    expect(error).toMatchObject({ name: 'ConnectionError', operation: 'issueToken', permanent: true });
    expect(service.connections()).toBe(1);
  });

  test.each<[string, Certificate, string]>([
    ['has expired', { from: '2020-01-01', to: '2021-01-01' }, 'is not valid at this time (CERT_HAS_EXPIRED)'],
    ['is not valid yet', { from: '2090-01-01', to: '2091-01-01' }, 'is not valid at this time (CERT_NOT_YET_VALID)'],
    ['is for another host', { ip: '127.0.0.9' }, 'The TLS certificate is not for 127.0.0.1'],
  ])('a trusted certificate that %s', async (_, certificate, message) => {
    await using service = await startTls(certificate);
    const { default: tls } = await import('node:tls');
    const before = tls.getCACertificates('default');
    tls.setDefaultCACertificates([service.cert]);
    try {
      const { error, retries } = await failureAt(service.url);
      expect(error).toMatchObject({ name: 'ConnectionError', permanent: true });
      expect(error.message).toContain(message);
      expect([retries.length, service.connections()]).toEqual([0, 1]);
    } finally {
      tls.setDefaultCACertificates(before);
    }
  });
});

test('a transport that was closed is named, and nothing is tried again', async () => {
  const transport = undiciFetch();
  await transport.close();
  const retries: RetryEvent[] = [];
  const hooks = { onRetry: (event: RetryEvent) => retries.push(event) };
  const didit = createClient({ apiKey: 'key-1', fetch: transport, hooks });
  for (const call of [() => didit.sessions.decision('s-1'), () => didit.sessions.create({ scope: 'names' })]) {
    const error = (await rejection(call())) as ConnectionError;
    expect(error).toMatchObject({ name: 'ConnectionError', permanent: true });
    expect(error.message).toMatch(/The transport has been closed \(UND_ERR_\w+\)\. Make another one/);
  }
  expect(retries).toEqual([]);
});

test.each<Record<string, string>>([
  { 'transfer-encoding': 'chunked' },
  { 'Content-Length': '5' },
  { expect: '100-continue' },
  { upgrade: 'h2c' },
  { 'keep-alive': 'timeout=5' },
  { connection: 'upgrade' },
])('headers that belong to the connection are refused before anything is sent: %j', async (headers) => {
  let asked = 0;
  const service = await serve((_, response) => {
    asked += 1;
    sendJson(response, confirmed);
  });
  const didit = createClient({ apiKey: 'key-1', baseUrl: service.url });
  const error = (await rejection(didit.sessions.decision('s-1', { headers }))) as Error;
  await service.close();
  expect(error.name).toBe('OptionsError');
  expect(error.message).toContain(`Header ${Object.keys(headers)[0]} is set by the connection`);
  expect(asked).toBe(0);
});

/** A service whose certificate nobody trusts, and a count of the connections that came. */
async function startTls({ ip = '127.0.0.1', from, to }: Certificate, options: object = {}) {
  const { private: key, cert } = await generate([{ name: 'commonName', value: ip }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    ...(from && { notBeforeDate: new Date(from) }),
    ...(to && { notAfterDate: new Date(to) }),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip }] },
    ],
  });
  let connections = 0;
  const server = createServer({ key, cert, ...options }, (_, response) => sendJson(response, confirmed));
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cert,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
