import { fileURLToPath } from 'node:url';
import type { Contender, MakeContender } from '../../peers/src/contender.ts';

/** Ways to come by a token, each with its file in peers/src/auth. */
export const tokenUsers = [
  { id: 'documented-sample', name: "the documentation's sample" },
  { id: 'hand-written-cache', name: 'a hand-written cache' },
  { id: 'oauth2-client', name: '@badgateway/oauth2-client' },
  { id: 'ours', name: 'ours' },
] as const;

/** The file of a way to come by a token. */
export const fileOf = (id: string): string => fileURLToPath(new URL(`../../peers/src/auth/${id}.ts`, import.meta.url));

/** Makes one in this process. */
export async function makeTokenUser(id: string, baseUrl: string): Promise<Contender> {
  const { contender }: { contender: MakeContender } = await import(fileOf(id));
  return contender({ baseUrl, token: '' });
}
