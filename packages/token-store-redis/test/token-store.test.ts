import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, createClientPool, createCluster, RESP_TYPES } from 'redis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RedisCommands, redisTokenStore } from '../src/index.ts';
import { type RedisServer, startRedis } from './support/redis-server.ts';

let server: RedisServer;
let redis: ReturnType<typeof newClient>;

beforeAll(async () => {
  server = await startRedis();
  redis = newClient();
  await redis.connect();
});
beforeEach(() => redis.flushAll());
afterAll(async () => {
  redis?.destroy();
  await server?.[Symbol.asyncDispose]();
});

describe('entries', () => {
  test('are read as they were written, the last one written', async () => {
    const store = redisTokenStore(redis);
    for (const value of ['a', '', '0', 'é✓\u{1f511}', 'line\r\nbreak\0', 'x'.repeat(1_000_000)]) {
      await store.set('key', value, 60_000);
      expect(await store.get('key')).toBe(value);
    }
  });

  test('are nothing when there is none', async () => {
    expect(await redisTokenStore(redis).get('key')).toBeUndefined();
  });

  test('end in Redis after their time, and not before', async () => {
    const store = redisTokenStore(redis);
    await store.set('long', 'value', 3_600_000);
    expect(await redis.pTTL('long')).toBeGreaterThan(3_590_000);
    expect(await redis.pTTL('long')).toBeLessThanOrEqual(3_600_000);

    await store.set('short', 'value', 100);
    expect(await store.get('short')).toBe('value');
    await expect.poll(() => store.get('short')).toBeUndefined();
  });

  test('accept times that are not whole milliseconds', async () => {
    const store = redisTokenStore(redis);
    await store.set('key', 'value', 5_000.2);
    expect(await redis.pTTL('key')).toBeLessThanOrEqual(5_001);
    for (const ttlMs of [0.2, 0, -5]) {
      await store.set('key', 'value', ttlMs);
      await expect.poll(() => store.get('key')).toBeUndefined();
    }
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('are refused when they would never end: %d ms', async (ttlMs) => {
    await expect(redisTokenStore(redis).set('key', 'value', ttlMs)).rejects.toThrow('not an integer');
    expect(await redis.exists('key')).toBe(0);
  });

  test('are deleted only while they hold the value', async () => {
    const store = redisTokenStore(redis);
    await store.set('key', 'newer', 60_000);
    await store.delete('key', 'older');
    expect(await store.get('key')).toBe('newer');
    await store.delete('key', 'newer');
    expect(await store.get('key')).toBeUndefined();
    await store.delete('key', 'newer');
  });

  test('of two prefixes do not see each other', async () => {
    const one = redisTokenStore(redis, { prefix: 'one:' });
    const two = redisTokenStore(redis, { prefix: 'two:' });
    await one.set('key', 'same', 60_000);
    expect(await two.get('key')).toBeUndefined();
    await two.delete('key', 'same');
    expect(await one.get('key')).toBe('same');
    expect(await one.lock('lock', 60_000)).toBeTypeOf('function');
    expect(await two.lock('lock', 60_000)).toBeTypeOf('function');
    expect((await redis.keys('*')).sort()).toEqual(['one:key', 'one:lock', 'two:lock']);
  });
});

describe('the lock', () => {
  test('is taken by one of 50, on connections of their own', async () => {
    const clients = await Promise.all(Array.from({ length: 50 }, () => newClient().connect()));
    try {
      const locks = await Promise.all(clients.map((client) => redisTokenStore(client).lock('key', 60_000)));
      const [release, ...others] = locks.filter((lock) => lock !== undefined);
      expect(others).toEqual([]);

      await release?.();
      expect(await redisTokenStore(redis).lock('key', 60_000)).toBeTypeOf('function');
    } finally {
      for (const client of clients) client.destroy();
    }
  });

  test('ends by itself', async () => {
    const store = redisTokenStore(redis);
    await store.lock('key', 100);
    expect(await store.lock('key', 100)).toBeUndefined();
    await expect.poll(() => store.lock('key', 60_000)).toBeTypeOf('function');
    expect(await redis.pTTL('key')).toBeGreaterThan(50_000);
  });

  test('is not released by an owner whose time is up', async () => {
    const store = redisTokenStore(redis);
    const late = await store.lock('key', 1);
    await expect.poll(() => redis.exists('key')).toBe(0);
    const release = await store.lock('key', 60_000);
    await late?.();
    expect(await store.lock('key', 60_000)).toBeUndefined();
    await release?.();
    expect(await redis.exists('key')).toBe(0);
  });
});

describe('works on', () => {
  async function useAll(commands: RedisCommands) {
    const store = redisTokenStore(commands, { prefix: 'p:' });
    await store.set('key', 'välue', 60_000);
    await store.delete('key', 'other');
    expect(await store.get('key')).toBe('välue');
    await store.delete('key', 'välue');
    expect(await store.get('key')).toBeUndefined();
    const release = await store.lock('lock', 60_000);
    expect(await store.lock('lock', 60_000)).toBeUndefined();
    await release?.();
    expect(await store.lock('lock', 60_000)).toBeTypeOf('function');
  }

  test('RESP 2 and RESP 3', async () => {
    for (const RESP of [2, 3] as const) {
      const client = await createClient({ url: server.url, RESP }).connect();
      await useAll(client).finally(() => client.destroy());
      await redis.flushAll();
    }
  });

  test('a client that returns buffers', async () => {
    await useAll(redis.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer, [RESP_TYPES.SIMPLE_STRING]: Buffer }));
  });

  test('a pool', async () => {
    const pool = createClientPool({ url: server.url });
    await pool.connect();
    await useAll(pool).finally(() => pool.destroy());
  });

  test('a cluster', async () => {
    await using node = await startRedis('--cluster-enabled', 'yes');
    const client = await createClient({ url: node.url }).connect();
    await client.clusterAddSlotsRange({ start: 0, end: 16_383 });
    await expect.poll(() => client.clusterInfo(), { timeout: 10_000 }).toContain('cluster_state:ok');
    client.destroy();

    const cluster = createCluster({ rootNodes: [{ url: node.url }] });
    await cluster.connect();
    await useAll(cluster).finally(() => cluster.destroy());
  });
});

describe('with the recommended options', () => {
  /** As in the README, with shorter times. */
  async function connected(url: string) {
    const client = createClient({
      url,
      disableOfflineQueue: true,
      pingInterval: 100,
      socket: {
        connectTimeout: 300,
        socketTimeout: 300,
        reconnectStrategy: (retries) => Math.min(20 * 2 ** retries, 100),
      },
    }).on('error', () => {});
    client.connect().catch(() => {});
    await expect.poll(() => client.isReady).toBe(true);
    return client;
  }

  /** What became of each of the store's commands within two seconds. */
  async function outcomes(commands: RedisCommands): Promise<string[]> {
    const store = redisTokenStore(commands);
    const all = [store.get('key'), store.set('key', 'v', 9_000), store.delete('key', 'v'), store.lock('lock', 9_000)];
    const late = sleep(2_000, 'hangs', { ref: false });
    return Promise.all(
      all.map((each) =>
        Promise.race([
          each.then(
            () => 'works',
            () => 'rejects',
          ),
          late,
        ]),
      ),
    );
  }
  const all = (outcome: string) => [outcome, outcome, outcome, outcome];

  test('commands reject while Redis is away, and work again after it', async () => {
    await using own = await startRedis();
    const client = await connected(own.url);
    try {
      for (let round = 0; round < 2; round += 1) {
        expect(await outcomes(client)).toEqual(all('works'));
        await own.kill();
        expect(await outcomes(client)).toEqual(all('rejects'));
        await sleep(300);
        expect(await outcomes(client)).toEqual(all('rejects'));
        await own.start();
        await expect.poll(() => client.isReady, { timeout: 10_000 }).toBe(true);
      }
      expect(await outcomes(client)).toEqual(all('works'));
    } finally {
      client.destroy();
    }
  });

  test('commands under way reject when Redis is killed', async () => {
    await using own = await startRedis();
    const client = await connected(own.url);
    try {
      own.pause();
      const pending = outcomes(client);
      await sleep(50);
      await own.kill();
      expect(await pending).toEqual(all('rejects'));
    } finally {
      client.destroy();
    }
  });

  test('commands reject while Redis hangs, and work again after it', async () => {
    await using own = await startRedis();
    const client = await connected(own.url);
    try {
      own.pause();
      expect(await outcomes(client)).toEqual(all('rejects'));
      own.resume();
      await expect.poll(async () => outcomes(client), { timeout: 10_000 }).toEqual(all('works'));
    } finally {
      client.destroy();
    }
  });

  test('Redis need not be there at the start', async () => {
    await using own = await startRedis();
    await own.kill();
    const client = createClient({
      url: own.url,
      disableOfflineQueue: true,
      socket: { reconnectStrategy: () => 50 },
    }).on('error', () => {});
    client.connect().catch(() => {});
    try {
      expect(await outcomes(client)).toEqual(all('rejects'));
      await own.start();
      await expect.poll(() => client.isReady, { timeout: 10_000 }).toBe(true);
      expect(await outcomes(client)).toEqual(all('works'));
    } finally {
      client.destroy();
    }
  });
});

function newClient() {
  return createClient({ url: server.url }).on('error', () => {});
}
