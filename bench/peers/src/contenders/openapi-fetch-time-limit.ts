import createClient from 'openapi-fetch';
import type { paths } from '../../../../packages/client/src/generated/openapi.ts';
import type { Contender, Setup } from '../contender.ts';

const timeLimitMs = 30_000;

/** What a careful user adds by hand, so that no call hangs: the same limit as ours, and no timer stays. */
export function contender({ baseUrl, token }: Setup): Contender {
  const client = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });
  return {
    async decision(session_id) {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(new Error('too slow')), timeLimitMs);
      try {
        const { data, response } = await client.GET('/auth/v2/session/{session_id}/decision/', {
          params: { path: { session_id } },
          signal: controller.signal,
        });
        if (!data) throw new Error(`${response.status}`);
        return data;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
