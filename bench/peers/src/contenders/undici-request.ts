import { request } from 'undici';
import type { Contender, Setup } from '../contender.ts';

export function contender({ baseUrl, token }: Setup): Contender {
  const headers = { authorization: `Bearer ${token}` };
  return {
    async decision(id) {
      const { statusCode, body } = await request(`${baseUrl}/auth/v2/session/${id}/decision/`, { headers });
      if (statusCode !== 200) throw new Error(`${statusCode}`);
      return body.json();
    },
  };
}
