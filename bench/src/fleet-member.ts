// One process of a fleet that shares its token through Redis.
import { createClient } from '@didit-data/client';
import { redisTokenStore } from '@didit-data/token-store-redis';
import { createClient as createRedis } from 'redis';

const [baseUrl = '', redisUrl = '', calls = '1'] = process.argv.slice(2);
const redis = createRedis({ url: redisUrl });
await redis.connect();
const didit = createClient({
  clientId: 'bench',
  clientSecret: 'bench',
  baseUrl,
  tokenStore: redisTokenStore(redis),
});
const ids = Array.from({ length: Number(calls) }, () => 'unique-session-identifier');
for await (const { error } of didit.sessions.decisions(ids)) if (error) throw error;
await redis.close();
