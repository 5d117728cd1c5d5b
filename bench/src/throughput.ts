import { createClient } from '@didit-data/client';
import { undiciFetch } from '@didit-data/client/undici';
import createOpenapiClient from 'openapi-fetch';
import { request } from 'undici';
import { type Candidate, interleaved } from './measure.ts';
import { startService } from './service.ts';
import { table } from './table.ts';

/** A decision call, ours with everything on, beside what users would write instead. */
export async function throughput(): Promise<string> {
  await using service = await startService();
  const { url: baseUrl } = service;
  const path = '/auth/v2/session/unique-session-identifier/decision/';
  const headers = { authorization: 'Bearer token-1' };
  const credentials = { clientId: 'bench', clientSecret: 'bench', baseUrl };

  const transport = undiciFetch({ connections: 64 });
  const onFetch = createClient(credentials);
  await onFetch.prewarm();
  const { token } = { token: 'token-1' };
  const onUndici = createClient({ accessToken: token, baseUrl, fetch: transport });
  const bare = createOpenapiClient({ baseUrl, headers });

  const candidates: Candidate[] = [
    { name: 'global fetch', call: async () => (await fetch(baseUrl + path, { headers })).json() },
    { name: 'openapi-fetch', call: () => bare.GET(path as never) },
    { name: 'undici request', call: async () => (await request(baseUrl + path, { headers })).body.json() },
    { name: 'ours on global fetch', call: () => onFetch.sessions.decision('unique-session-identifier') },
    { name: 'ours on ./undici', call: () => onUndici.sessions.decision('unique-session-identifier') },
  ];

  const parts: string[] = [];
  for (const inFlight of [1, 16, 64]) {
    const measured = await interleaved(candidates, { inFlight });
    const rate = (name: string) => measured.find((one) => one.name === name)?.callsPerSecond ?? Number.NaN;
    parts.push(
      `### ${inFlight} in flight\n\n` +
        table(
          ['', 'calls/s', 'lowest–highest', 'CPU µs a call', '× global fetch', '× openapi-fetch'],
          measured.map(({ name, callsPerSecond, spread, cpuMicroseconds }) => [
            name,
            callsPerSecond.toFixed(0),
            spread.map((value) => value.toFixed(0)).join('–'),
            cpuMicroseconds.toFixed(0),
            (callsPerSecond / rate('global fetch')).toFixed(2),
            (callsPerSecond / rate('openapi-fetch')).toFixed(2),
          ]),
        ),
    );
  }
  await transport.close();
  return `## A decision call\n\n${parts.join('\n\n')}`;
}
