import axios from 'axios';
import type { Contender, Setup } from '../contender.ts';

export function contender({ baseUrl, token }: Setup): Contender {
  const client = axios.create({
    baseURL: baseUrl,
    timeout: 30_000,
    headers: { authorization: `Bearer ${token}` },
  });
  return {
    async decision(id) {
      const { data } = await client.get(`/auth/v2/session/${id}/decision/`);
      return data;
    },
  };
}
