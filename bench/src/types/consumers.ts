/** A program whose types are checked. All but the first retrieve a decision and read the same members of it. */
export interface Consumer {
  readonly name: string;
  readonly code: string;
}

const reads = 'export const read = [decision.status, decision.user_data?.names?.full_name];';

/** What a user of each writes. */
export const consumers: readonly Consumer[] = [
  { name: 'an empty file', code: 'export {};' },
  {
    name: 'raw generated types alone',
    code: `
import type { paths } from './openapi.ts';
type Operation = paths['/auth/v2/session/{session_id}/decision/']['get'];
declare const decision: Operation['responses'][200]['content']['application/json'];
${reads}`,
  },
  {
    name: 'raw generated types with openapi-fetch',
    code: `
import createClient from 'openapi-fetch';
import type { paths } from './openapi.ts';
const client = createClient<paths>({ baseUrl: 'https://example.com' });
const { data: decision } = await client.GET('/auth/v2/session/{session_id}/decision/', {
  params: { path: { session_id: 'a' } },
});
if (!decision) throw new Error();
${reads}`,
  },
  {
    name: 'redocly generate-client',
    code: `
import { getSessionDecision } from '../redocly/client.ts';
const decision = await getSessionDecision({ path: { session_id: 'a' } });
${reads}`,
  },
  {
    name: 'hey-api',
    code: `
import { getSessionDecision } from '../hey-api/sdk.gen.ts';
const { data: decision } = await getSessionDecision({ path: { session_id: 'a' }, throwOnError: true });
${reads}`,
  },
  {
    name: 'ours',
    code: `
import { createClient } from '@didit-data/client';
const decision = await createClient({ apiKey: 'a' }).sessions.decision('a');
${reads}`,
  },
  {
    name: 'ours, bare typed paths',
    code: `
import { createClient } from '@didit-data/client';
const { data: decision } = await createClient({ apiKey: 'a' }).raw.GET('/auth/v2/session/{session_id}/decision/', {
  params: { path: { session_id: 'a' } },
});
if (!decision) throw new Error();
${reads}`,
  },
];
