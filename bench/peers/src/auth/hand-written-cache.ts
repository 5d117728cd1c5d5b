import { createClient, OPERATIONS, type Ops } from '../../generated/redocly/client.ts';
import type { Contender, Setup } from '../contender.ts';
import { requestToken } from './request-token.ts';

/** A generated client that asks a function for its token, and the cache that is commonly written there. */
export function contender({ baseUrl }: Setup): Contender {
  let token = '';
  let expiresAt = 0;
  const bearer = async () => {
    if (Date.now() >= expiresAt) {
      const issued = await requestToken(baseUrl);
      token = issued.access_token;
      expiresAt = Date.now() + issued.expires_in * 1_000;
    }
    return token;
  };
  const client = createClient<Ops>(OPERATIONS, { serverUrl: baseUrl, auth: { bearer } });
  return { decision: (session_id) => client.getSessionDecision({ path: { session_id } }) };
}
