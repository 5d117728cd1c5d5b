import { createClient } from '../../generated/hey-api/client/index.ts';
import { getSessionDecision } from '../../generated/hey-api/sdk.gen.ts';
import type { Contender, Setup } from '../contender.ts';

export function contender({ baseUrl, token }: Setup): Contender {
  const client = createClient({ baseUrl, auth: ({ scheme }) => (scheme === 'bearer' ? token : undefined) });
  return {
    async decision(session_id) {
      const { data } = await getSessionDecision({ client, path: { session_id }, throwOnError: true });
      return data;
    },
  };
}
