import { createClient } from '@didit-data/client';
import type { Contender, Setup } from '../contender.ts';

export async function contender({ baseUrl }: Setup): Promise<Contender> {
  const didit = createClient({ clientId: 'bench', clientSecret: 'bench', baseUrl });
  await didit.prewarm();
  return { decision: (id) => didit.sessions.decision(id) };
}
