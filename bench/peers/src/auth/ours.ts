import { createClient } from '@didit-data/client';
import type { Contender, Setup } from '../contender.ts';

export function contender({ baseUrl }: Setup): Contender {
  const didit = createClient({ clientId: 'bench', clientSecret: 'bench', baseUrl, timeoutMs: 120_000 });
  return { decision: (id) => didit.sessions.decision(id) };
}
