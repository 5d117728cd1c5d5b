import createClient from 'openapi-fetch';
import type { paths } from '../../../../packages/client/src/generated/openapi.ts';
import type { Contender, Setup } from '../contender.ts';

export function contender({ baseUrl, token }: Setup): Contender {
  const client = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });
  return {
    async decision(session_id) {
      const { data, response } = await client.GET('/auth/v2/session/{session_id}/decision/', {
        params: { path: { session_id } },
      });
      if (!data) throw new Error(`${response.status}`);
      return data;
    },
  };
}
