import type { Contender, Setup } from '../contender.ts';
import { requestToken } from './request-token.ts';

/** The documentation's sample: it asks for a token whenever it needs one. */
export function contender({ baseUrl }: Setup): Contender {
  return {
    async decision(id) {
      const { access_token } = await requestToken(baseUrl);
      const headers = { authorization: `Bearer ${access_token}` };
      const response = await fetch(`${baseUrl}/auth/v2/session/${id}/decision/`, { headers });
      if (!response.ok) throw new Error(`${response.status}`);
      return response.json();
    },
  };
}
