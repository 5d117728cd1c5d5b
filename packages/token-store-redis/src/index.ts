import type { TokenStore } from '@didit-data/client';

/** What the store needs of Redis. Clients, pools, sentinels and clusters of the `redis` package all have it. */
export interface RedisCommands {
  get(key: string): Promise<unknown>;
  set(
    key: string,
    value: string,
    options: { expiration: { type: 'PX'; value: number }; condition?: 'NX' },
  ): Promise<unknown>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** Options of {@link redisTokenStore}. */
export interface RedisTokenStoreOptions {
  /** Put before every key, so that one Redis can serve several purposes. Default: `''`. */
  readonly prefix?: string | undefined;
}

/** One step for Redis, so that no other process writes between the comparison and the deletion. */
const deleteIfEqual = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

/**
 * Shares the token of `@didit-data/client` through Redis, so that a whole fleet makes one token request.
 *
 * Times are in milliseconds, rounded up, and at least 1. Entries and locks expire in Redis itself. A lock is an entry
 * like any other: it needs a key of its own.
 *
 * @param redis a client, pool, sentinel or cluster that the caller owns: the store never connects or closes it
 * @returns the store, whose methods reject with the error of `redis` when the command fails. They set no time limit: a
 * client that queues commands while Redis is away lets them wait (the README names options against that).
 *
 * @example
 * ```ts
 * const didit = clientFromEnv({ tokenStore: redisTokenStore(redis, { prefix: 'shop:' }) });
 * ```
 */
export function redisTokenStore(redis: RedisCommands, options: RedisTokenStoreOptions = {}): Required<TokenStore> {
  const { prefix = '' } = options;

  const compareAndDelete = (key: string, value: string) =>
    redis.eval(deleteIfEqual, { keys: [prefix + key], arguments: [value] });

  return {
    async get(key) {
      const value = await redis.get(prefix + key);
      return value == null ? undefined : String(value); // a client may be set to return buffers
    },

    set: (key, value, ttlMs) => redis.set(prefix + key, value, { expiration: expiration(ttlMs) }),

    delete: compareAndDelete,

    async lock(key, ttlMs) {
      const owner = crypto.randomUUID();
      const taken = await redis.set(prefix + key, owner, { expiration: expiration(ttlMs), condition: 'NX' });
      return taken == null ? undefined : () => compareAndDelete(key, owner);
    },
  };
}

function expiration(ttlMs: number) {
  return { type: 'PX' as const, value: Math.max(1, Math.ceil(ttlMs)) };
}
