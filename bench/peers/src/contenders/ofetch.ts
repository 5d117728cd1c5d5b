import { ofetch } from 'ofetch';
import type { Contender, Setup } from '../contender.ts';

export function contender({ baseUrl, token }: Setup): Contender {
  const client = ofetch.create({
    baseURL: baseUrl,
    timeout: 30_000,
    retry: 2,
    headers: { authorization: `Bearer ${token}` },
  });
  return { decision: (id) => client(`/auth/v2/session/${id}/decision/`) };
}
