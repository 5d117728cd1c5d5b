import { createClient, type DiditClient, type TokenEvent } from '@didit-data/client';
import { createClient as createRedis } from 'redis';
import { expect, test } from 'vitest';
import { redisTokenStore } from '../src/index.ts';
import { startRedis } from './support/redis-server.ts';

const session_id = '11111111-2222-3333-4444-555555555555';

test('a fleet of clients makes one token request, shows Redis no token, and continues without Redis', async () => {
  await using server = await startRedis();
  const redis = createRedis({
    url: server.url,
    disableOfflineQueue: true,
    socket: { reconnectStrategy: () => 50 },
  }).on('error', () => {});
  await redis.connect();
  const { counts, fetch } = service();
  const events: TokenEvent['type'][] = [];
  const newClient = () =>
    createClient({
      clientId: 'shop',
      clientSecret: 'secret',
      tokenStore: redisTokenStore(redis, { prefix: 'fleet:' }),
      fetch,
      hooks: { onToken: (event) => events.push(event.type) },
    });
  const call = (didit: DiditClient) => didit.sessions.status({ session_id, session_token: 'session-token' });
  try {
    const fleet = Array.from({ length: 20 }, newClient);
    await Promise.all(fleet.map(call));
    expect(counts.tokens).toBe(1);

    const keys = await redis.keys('*');
    expect(keys).toHaveLength(1);
    const entry = `${keys[0]} ${await redis.get(keys[0] ?? '')}`;
    expect(entry).toMatch(/^fleet:/);
    expect(entry).not.toMatch(/token-1|secret/);
    expect(await redis.pTTL(keys[0] ?? '')).toBeLessThanOrEqual(86_400_000);

    await server.kill();
    await Promise.all(fleet.map(call));
    expect(counts.tokens).toBe(1);
    await call(newClient());
    expect(counts.tokens).toBe(2);
    expect(events).toContain('store-failed');

    await server.start();
    await expect.poll(() => redis.isReady, { timeout: 10_000 }).toBe(true);
    await Promise.all(Array.from({ length: 20 }, newClient).map(call));
    expect(counts.tokens).toBe(3);
  } finally {
    redis.destroy();
  }
});

/** A service that only issues tokens and answers with a session's status. */
function service() {
  const counts = { tokens: 0 };
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const { pathname } = new URL(new Request(input, init).url);
    if (!pathname.includes('token')) return Response.json({ session_id, status: 'retrieved' });
    counts.tokens += 1;
    return Response.json({ access_token: `token-${counts.tokens}`, token_type: 'Bearer', expires_in: 86_400 });
  };
  return { counts, fetch };
}
