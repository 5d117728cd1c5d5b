import { createClient } from '@didit-data/client';
import { undiciFetch } from '@didit-data/client/undici';
import type { Contender, Setup } from '../contender.ts';

export async function contender({ baseUrl }: Setup): Promise<Contender> {
  const fetch = undiciFetch({ connections: 64 });
  const didit = createClient({ clientId: 'bench', clientSecret: 'bench', baseUrl, fetch });
  await didit.prewarm();
  return { decision: (id) => didit.sessions.decision(id) };
}
