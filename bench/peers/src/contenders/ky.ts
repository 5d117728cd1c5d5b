import ky from 'ky';
import type { Contender, Setup } from '../contender.ts';

export function contender({ baseUrl, token }: Setup): Contender {
  const client = ky.create({
    baseUrl,
    timeout: 30_000,
    retry: { limit: 2 },
    headers: { authorization: `Bearer ${token}` },
  });
  return { decision: (id) => client.get(`/auth/v2/session/${id}/decision/`).json() };
}
