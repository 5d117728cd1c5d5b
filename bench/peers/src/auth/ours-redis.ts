import { createClient } from '@didit-data/client';
import { redisTokenStore } from '@didit-data/token-store-redis';
import { createClient as createRedis } from 'redis';
import type { Contender, Setup } from '../contender.ts';

export async function contender({ baseUrl }: Setup): Promise<Contender> {
  const redis = createRedis({ url: process.env.BENCH_REDIS_URL ?? '' });
  await redis.connect();
  const tokenStore = redisTokenStore(redis);
  const didit = createClient({ clientId: 'bench', clientSecret: 'bench', baseUrl, tokenStore });
  return { decision: (id) => didit.sessions.decision(id), close: () => redis.close() };
}
