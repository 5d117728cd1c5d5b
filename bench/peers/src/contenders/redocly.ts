import { createClient, OPERATIONS, type Ops } from '../../generated/redocly/client.ts';
import { zodValidation } from '../../generated/redocly/client.zod.ts';
import type { Contender, Setup } from '../contender.ts';

export function contender({ baseUrl, token }: Setup): Contender {
  const client = createClient<Ops>(OPERATIONS, {
    serverUrl: baseUrl,
    timeout: 30_000,
    retry: { retries: 2 },
    auth: { bearer: () => token },
    middleware: [zodValidation({ response: 'throw' })],
  });
  return { decision: (session_id) => client.getSessionDecision({ path: { session_id } }) };
}
