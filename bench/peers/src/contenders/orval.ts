import { getSessionDecision } from '../../generated/orval/client.ts';
import type { Contender, Setup } from '../contender.ts';

export function contender({ baseUrl, token }: Setup): Contender {
  process.env.BENCH_BASE_URL = baseUrl; // the generated code reads it at each call
  const headers = { authorization: `Bearer ${token}` };
  return {
    async decision(id) {
      const { status, data } = await getSessionDecision(id, { headers });
      if (status !== 200) throw new Error(`${status}`);
      return data;
    },
  };
}
