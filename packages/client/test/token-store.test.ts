import { afterEach, describe, expect, test, vi } from 'vitest';
import { createClient, type TokenEvent, type TokenStore } from '../src/index.ts';
import { confirmed, isTokenRequest, json, observed, token } from './support/helpers.ts';

afterEach(() => vi.useRealTimers());

test('a second process takes the token from the store', async () => {
  const { store, ttls } = sharedStore();
  const { service, process } = fleet();
  const [a, b] = [process(store), process(store)];
  await a.didit.sessions.decision('s-1');
  await b.didit.sessions.decision('s-1');
  expect(service.asked).toBe(1);
  expect([a.types(), b.types()]).toEqual([['issued'], ['shared']]);
  expect(b.events[0]?.expiresAt).toBe(a.events[0]?.expiresAt);
  expect(ttls).toEqual([3_600_000]);
});

test('a fleet that starts simultaneously makes one token request', async () => {
  const { store, locks } = sharedStore();
  const { service, process } = fleet({ answerDelayMs: 50 });
  const all = Array.from({ length: 20 }, () => process(store));
  await Promise.all(all.map(({ didit }) => didit.sessions.decision('s-1')));
  expect(service.asked).toBe(1);
  expect(locks.size).toBe(0);
});

test('the store contains neither the token nor a hint of the secret', async () => {
  const { store, entries } = sharedStore();
  const { process } = fleet();
  await process(store).didit.sessions.decision('s-1');
  const [[key, value] = ['', '']] = entries;
  const opened = `${key} ${value} ${Buffer.from(value.split('.')[2] ?? '', 'base64').toString('latin1')}`;
  for (const secret of ['token-1', 'secret-1', 'client-1']) expect(opened).not.toContain(secret);
  expect(key).toMatch(/^didit-data:token:[0-9a-f]{32}$/);
});

test('a value that is moved to the entry of another client does not open', async () => {
  const { store, entries } = sharedStore();
  const { fetch } = observed((request) => (isTokenRequest(request) ? token() : json(confirmed)));
  const client = (clientId: string) => createClient({ clientId, clientSecret: 'same', fetch, tokenStore: store });
  await client('one').prewarm();
  const [[, value] = ['', '']] = entries;
  await client('two').prewarm();
  const [, other] = [...entries.keys()];
  entries.set(other ?? '', value);
  const events: string[] = [];
  const hooks = { onToken: ({ type }: TokenEvent) => events.push(type) };
  await createClient({ clientId: 'two', clientSecret: 'same', fetch, tokenStore: store, hooks }).prewarm();
  expect(events).toEqual(['store-failed', 'issued']);
});

test('a usable token of the store serves while the service issues none', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { store } = sharedStore();
  let down = false;
  const { fetch } = observed((request) => {
    if (!isTokenRequest(request)) return json(confirmed);
    return down ? json({ message: 'down' }, { status: 500 }) : token('token-1', { expires_in: 3_600 });
  });
  const client = () => createClient({ clientId: 'id', clientSecret: 's', fetch, tokenStore: store, maxRetries: 0 });
  await client().sessions.decision('s-1');
  vi.advanceTimersByTime(3_600_000 - 200_000);
  down = true;
  expect((await client().sessions.decision('s-1')).status).toBe('Confirmed');
});

test('a failed renewal in the background is reported and repeated later, with and without a store', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  for (const tokenStore of [undefined, sharedStore().store]) {
    let down = false;
    let asked = 0;
    const { fetch } = observed((request) => {
      if (!isTokenRequest(request)) return json(confirmed);
      asked += 1;
      return down ? json({ error: 'invalid_client' }, { status: 401 }) : token('token-1', { expires_in: 3_600 });
    });
    const types: string[] = [];
    const hooks = { onToken: ({ type }: TokenEvent) => types.push(type) };
    const didit = createClient({ clientId: 'id', clientSecret: 's', fetch, hooks, tokenStore });
    await didit.sessions.decision('s-1');
    vi.advanceTimersByTime(3_600_000 - 200_000);
    down = true;
    for (let call = 0; call < 20; call += 1) {
      await didit.sessions.decision('s-1');
      await new Promise((resolve) => setTimeout(resolve, 2)); // the renewal continues in the background
    }
    expect(asked).toBe(2);
    expect(types).toEqual(['issued', 'renewal-failed']);
  }
});

test('the same token is never encrypted to the same string', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const [a, b] = [sharedStore(), sharedStore()];
  await fleet().process(a.store).didit.prewarm();
  await fleet().process(b.store).didit.prewarm();
  expect([...a.entries.keys()]).toEqual([...b.entries.keys()]);
  expect([...a.entries.values()]).not.toEqual([...b.entries.values()]);
});

test('a 401 removes the entry, and the fleet makes one new token', async () => {
  const { store } = sharedStore();
  const { service, process } = fleet();
  const all = Array.from({ length: 5 }, () => process(store));
  await Promise.all(all.map(({ didit }) => didit.sessions.decision('s-1')));
  service.valid = 'nobody has this';
  await Promise.all(all.map(({ didit }) => didit.sessions.decision('s-1')));
  expect(service.asked).toBe(2);
});

test('a late 401 does not remove the newer token of another', async () => {
  const { store, entries } = sharedStore();
  const { service, process } = fleet();
  const [a, b] = [process(store), process(store)];
  await a.didit.sessions.decision('s-1');
  await b.didit.sessions.decision('s-1');
  service.valid = 'nobody has this';
  await a.didit.sessions.decision('s-1');
  const newer = [...entries.values()];
  await b.didit.sessions.decision('s-1');
  expect([...entries.values()]).toEqual(newer);
  expect(service.asked).toBe(2);
});

test('a refused token is not taken from the store again, also when it cannot be removed there', async () => {
  const { store } = sharedStore();
  const { service, process } = fleet();
  const { didit } = process({ ...store, delete: async () => {} });
  await didit.sessions.decision('s-1');
  service.valid = 'nobody has this';
  expect((await didit.sessions.decision('s-1')).status).toBe('Confirmed');
  expect(service.asked).toBe(2);
});

test('no refused token is taken from a store that cannot be written again, however many have been refused', async () => {
  const { store } = sharedStore();
  const { service, process, requests } = fleet();
  await process(store).didit.prewarm(); // token-1 is there to stay
  const { didit } = process({ ...store, set: () => Promise.reject(new Error('x')), delete: async () => {} });
  await didit.sessions.decision('s-1');
  for (let n = 0; n < 30; n += 1) {
    service.valid = 'nobody has this';
    expect((await didit.sessions.decision('s-1')).status).toBe('Confirmed');
  }
  const presented = requests.filter((sent) => !isTokenRequest(sent)).map(({ headers }) => headers.get('authorization'));
  expect(presented.filter((value) => value === 'Bearer token-1')).toHaveLength(2); // taken, then refused
  expect(presented).toHaveLength(61);
});

test('a refused token is removed immediately, so that no client uses it during the next token request', async () => {
  const { store, entries, locks } = sharedStore();
  let down = false;
  const { fetch } = observed((request) => {
    if (!isTokenRequest(request)) return json({}, { status: down ? 401 : 200 });
    return down ? json({ error: 'invalid_client' }, { status: 401 }) : token();
  });
  const didit = createClient({ clientId: 'id', clientSecret: 's', fetch, tokenStore: store, validation: 'report' });
  await didit.sessions.decision('s-1');
  expect(entries.size).toBe(1);
  down = true;
  await expect(didit.sessions.decision('s-1')).rejects.toThrow('invalid_client');
  expect([entries.size, locks.size]).toEqual([0, 0]);
});

test('a lock is released when the request fails', async () => {
  const { store, locks } = sharedStore();
  const taken = vi.spyOn(store, 'lock');
  const { fetch } = observed(() => json({ error: 'invalid_client' }, { status: 401 }));
  const didit = createClient({ clientId: 'id', clientSecret: 's', fetch, tokenStore: store });
  await expect(didit.prewarm()).rejects.toThrow('invalid_client');
  expect(taken).toHaveBeenCalledOnce();
  expect(locks.size).toBe(0);
});

test.each([
  ['in time', 0],
  ['after it was waited for', 1_300],
])('a lock that is granted %s is released once', async (_, delayMs) => {
  const release = vi.fn(async () => {});
  const lock = () => new Promise<typeof release>((resolve) => setTimeout(() => resolve(release), delayMs));
  const { process } = fleet();
  expect((await process({ ...sharedStore().store, lock }).didit.sessions.decision('s-1')).status).toBe('Confirmed');
  await vi.waitFor(() => expect(release).toHaveBeenCalled());
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(release).toHaveBeenCalledOnce();
});

test('a lock that is granted when no call waits for a token any more is released, and nothing is sent', async () => {
  let grant: (release: () => Promise<void>) => void = () => {};
  const granted = new Promise<() => Promise<void>>((resolve) => {
    grant = resolve;
  });
  const lock = vi.fn(() => granted);
  const { process, service } = fleet();
  const controller = new AbortController();
  const { didit, types } = process({ ...sharedStore().store, lock });
  const call = didit.sessions.decision('s-1', { signal: controller.signal });
  await vi.waitFor(() => expect(lock).toHaveBeenCalled());
  controller.abort(new Error('gone'));
  await expect(call).rejects.toThrow('gone');
  const release = vi.fn(async () => {});
  grant(release);
  await vi.waitFor(() => expect(release).toHaveBeenCalledOnce());
  expect(service.asked).toBe(0);
  expect(types()).toEqual([]);
});

test.each(['get', 'lock'] as const)('an abort ends the wait for a %s of the store, and its timers', async (member) => {
  vi.useFakeTimers();
  const { process, service } = fleet();
  const controller = new AbortController();
  const hanging = member === 'get' ? { get: () => new Promise<never>(() => {}) } : { lock: async () => undefined };
  const { didit } = process({ ...sharedStore().store, ...hanging });
  const call = didit.sessions.decision('s-1', { signal: controller.signal });
  call.catch(() => {});
  await vi.advanceTimersByTimeAsync(500);
  controller.abort(new Error('gone'));
  await expect(call).rejects.toThrow('gone');
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
  expect(service.asked).toBe(0);
});

test('an entry in a format of tomorrow is not opened', async () => {
  const { store, entries } = sharedStore();
  const { process, service } = fleet();
  await process(store).didit.prewarm();
  for (const [key, value] of entries) entries.set(key, value.replace(/^1\./, '2.'));
  const other = process(store);
  await other.didit.prewarm();
  expect(other.types()).toEqual(['store-failed', 'issued']);
  expect(service.asked).toBe(2);
});

test('a token that was stored between the first look and the lock is taken', async () => {
  const { store } = sharedStore();
  const { service, process } = fleet();
  let looks = 0;
  const late: TokenStore = {
    ...store,
    get: async (key) => {
      looks += 1;
      return looks === 1 ? undefined : store.get(key);
    },
  };
  await process(store).didit.prewarm();
  await process(late).didit.sessions.decision('s-1');
  expect([service.asked, looks]).toEqual([1, 2]);
});

describe('a store that does not work', () => {
  const invalid: [string, Partial<TokenStore>][] = [
    [
      'is down',
      { get: () => Promise.reject(new Error('ECONNREFUSED secret-1')), set: () => Promise.reject(new Error('x')) },
    ],
    [
      'throws',
      {
        get: () => {
          throw new Error('x');
        },
      },
    ],
    ['is slow', { get: () => new Promise(() => {}) }],
    ['holds text', { get: async () => 'invalid' }],
    ['holds what looks sealed', { get: async () => '1.AAAA.BBBB' }],
    ['holds a number', { get: async () => 5 as unknown as string }],
    ['cannot lock', { lock: () => Promise.reject(new Error('x')) }],
    ['cannot unlock', { lock: async () => () => Promise.reject(new Error('x')) }],
  ];

  test.each(invalid)('because it %s fails no call and is reported', async (_, broken) => {
    const { process, service } = fleet();
    const { didit, types, events } = process({ ...sharedStore().store, ...broken });
    expect((await didit.sessions.decision('s-1')).status).toBe('Confirmed');
    await didit.sessions.decision('s-1');
    expect(service.asked).toBe(1);
    expect(types()).toContain('store-failed');
    expect(JSON.stringify(events)).not.toContain('secret-1');
  });

  test('because another secret sealed its entry is as if it were empty', async () => {
    const { store } = sharedStore();
    const { process, service } = fleet();
    await process(store).didit.sessions.decision('s-1');
    const rotated = process(store, 'secret-2');
    await rotated.didit.sessions.decision('s-1');
    expect(service.asked).toBe(2);
    expect(rotated.types()).toEqual(['store-failed', 'issued']);
  });

  test.each([
    ['another secret sealed', undefined],
    ['no secret sealed', 'invalid'],
  ])('because %s its entry still lets a fleet make one token request', async (_, value) => {
    const { store, entries, locks } = sharedStore();
    const { process, service } = fleet({ answerDelayMs: 50 });
    await process(store, 'secret-1').didit.prewarm();
    for (const key of entries.keys()) if (value) entries.set(key, value);
    service.asked = 0;
    const rotated = Array.from({ length: 20 }, () => process(store, 'secret-2'));
    await Promise.all(rotated.map(({ didit }) => didit.sessions.decision('s-1')));
    expect(service.asked).toBe(1);
    expect(locks.size).toBe(0);
  });

  test('because a lock is never released does not make calls wait forever', async () => {
    vi.useFakeTimers();
    const { process, service } = fleet();
    const call = process({ ...sharedStore().store, lock: async () => undefined }).didit.sessions.decision('s-1');
    await vi.advanceTimersByTimeAsync(12_000);
    expect((await call).status).toBe('Confirmed');
    expect(service.asked).toBe(1);
  });
});

test('a token that is about to end is not taken from the store', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { store } = sharedStore();
  const { process, service } = fleet();
  await process(store).didit.sessions.decision('s-1');
  vi.advanceTimersByTime(3_590_000);
  await process(store).didit.sessions.decision('s-1');
  expect(service.asked).toBe(2);
});

test('without a lock a store is shared all the same', async () => {
  const { lock: _, ...store } = sharedStore().store;
  const { process, service } = fleet();
  await process(store).didit.sessions.decision('s-1');
  await process(store).didit.sessions.decision('s-1');
  expect(service.asked).toBe(1);
});

/** A store in memory, as other processes would see it. */
function sharedStore() {
  const entries = new Map<string, string>();
  const locks = new Set<string>();
  const ttls: number[] = [];
  const store: TokenStore = {
    get: async (key) => entries.get(key),
    set: async (key, value, ttlMs) => {
      ttls.push(ttlMs);
      entries.set(key, value);
    },
    delete: async (key, value) => {
      if (entries.get(key) === value) entries.delete(key);
    },
    lock: async (key) => {
      if (locks.has(key)) return undefined;
      locks.add(key);
      return async () => locks.delete(key);
    },
  };
  return { store, entries, ttls, locks };
}

/** One service, and as many processes as are wanted that share nothing but the store. */
function fleet(options: { answerDelayMs?: number } = {}) {
  const service = { asked: 0, valid: '' };
  const { fetch, requests } = observed(async (request) => {
    if (!isTokenRequest(request)) {
      const presented = request.headers.get('authorization');
      return presented === `Bearer ${service.valid}` ? json(confirmed) : json({}, { status: 401 });
    }
    service.asked += 1;
    service.valid = `token-${service.asked}`;
    await new Promise((resolve) => setTimeout(resolve, options.answerDelayMs ?? 0));
    return token(service.valid, { expires_in: 3_600 });
  });
  const process = (tokenStore: TokenStore, clientSecret = 'secret-1') => {
    const events: TokenEvent[] = [];
    const didit = createClient({
      clientId: 'client-1',
      clientSecret,
      fetch,
      tokenStore,
      hooks: { onToken: (event) => events.push(event) },
    });
    return { didit, events, types: () => events.map(({ type }) => type) };
  };
  return { service, requests, process };
}
