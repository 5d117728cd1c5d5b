import { describe, expect, test, vi } from 'vitest';
import {
  AuthenticationError,
  createClient,
  NotFoundError,
  OptionsError,
  RateLimitError,
  TokenError,
} from '../src/index.ts';
import { clientAnswering, confirmed, isTokenRequest, json, observed, rejection, token } from './support/helpers.ts';

test('each id comes with its decision or its error, as it is finished', async () => {
  const didit = clientAnswering(async (request) => {
    if (idOf(request) === 'slow') await pause(30);
    return idOf(request) === 'gone' ? json({ detail: 'Not found.' }, { status: 404 }) : decided(request);
  });
  const results = await collect(didit.sessions.decisions(['slow', 'a', 'gone', '..']));
  expect(results.at(-1)?.session_id).toBe('slow');
  const byId = new Map(results.map((result) => [result.session_id, result]));
  expect(byId.get('a')?.decision?.session_id).toBe('a');
  expect(byId.get('gone')?.error).toBeInstanceOf(NotFoundError);
  expect(byId.get('..')?.error).toBeInstanceOf(OptionsError);
  expect(results).toHaveLength(4);
});

test.each([
  ['a set', () => new Set(['a', 'b'])],
  [
    'a generator',
    function* () {
      yield* ['a', 'b'];
    },
  ],
  [
    'an async generator',
    async function* () {
      yield* ['a', 'b'];
    },
  ],
])('ids may be %s', async (_, ids) => {
  const results = await collect(clientAnswering(decided).sessions.decisions(ids()));
  expect(results.map(({ session_id }) => session_id).sort()).toEqual(['a', 'b']);
});

test('no more than `concurrency` are under way, and ids are taken only as they are needed', async () => {
  let underWay = 0;
  let most = 0;
  let taken = 0;
  function* ids() {
    for (; taken < 1_000; ) yield `s-${taken++}`;
  }
  const didit = clientAnswering(async (request) => {
    most = Math.max(most, ++underWay);
    await pause(1);
    underWay -= 1;
    return decided(request);
  });
  let seen = 0;
  for await (const _ of didit.sessions.decisions(ids(), { concurrency: 3 })) {
    seen += 1;
    expect(taken - seen).toBeLessThanOrEqual(3);
    if (seen === 50) break;
  }
  expect(most).toBe(3);
  expect(taken).toBeLessThan(54);
});

test('breaking off ends what is under way and the source', async () => {
  let closed = false;
  const aborted: boolean[] = [];
  async function* ids() {
    try {
      for (let n = 0; ; n += 1) yield `s-${n}`;
    } finally {
      closed = true;
    }
  }
  const didit = clientAnswering(async (request) => {
    if (idOf(request) === 's-0') return decided(request);
    return new Promise<Response>((_, reject) => {
      request.signal.addEventListener('abort', () => {
        aborted.push(true);
        reject(request.signal.reason);
      });
    });
  });
  for await (const _ of didit.sessions.decisions(ids(), { concurrency: 4 })) break;
  expect(closed).toBe(true);
  await vi.waitFor(() => expect(aborted.length).toBeGreaterThanOrEqual(3));
});

test('an abort ends the iteration with its own reason', async () => {
  const controller = new AbortController();
  const reason = new Error('shut down');
  const didit = clientAnswering(async (request) => {
    await pause(1);
    return decided(request);
  });
  const run = (async () => {
    let n = 0;
    for await (const _ of didit.sessions.decisions(['a', 'b', 'c', 'd'], {
      concurrency: 1,
      signal: controller.signal,
    })) {
      n += 1;
      if (n === 2) controller.abort(reason);
    }
  })();
  expect(await rejection(run)).toBe(reason);
});

test('a source that fails ends the iteration with its error', async () => {
  async function* ids() {
    yield 'a';
    throw new Error('the database is gone');
  }
  expect(await rejection(collect(clientAnswering(decided).sessions.decisions(ids())))).toMatchObject({
    message: 'the database is gone',
  });
});

test('a source that fails does not lose the results requested before', async () => {
  function* ids() {
    for (const id of ['a', 'b', 'c']) yield id;
    throw new Error('the database is gone');
  }
  const didit = clientAnswering(async (request) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return decided(request);
  });
  const seen: string[] = [];
  const run = (async () => {
    for await (const { session_id, decision } of didit.sessions.decisions(ids())) if (decision) seen.push(session_id);
  })();
  expect(await rejection(run)).toMatchObject({ message: 'the database is gone' });
  expect(seen.sort()).toEqual(['a', 'b', 'c']);
});

test('progress counts what is through and what failed', async () => {
  const progress: { done: number; failed: number; ratePerSecond: number }[] = [];
  const didit = clientAnswering((request) => (idOf(request) === 'bad' ? json({}, { status: 404 }) : decided(request)));
  const onProgress = (event: (typeof progress)[number]) => progress.push(event);
  await collect(didit.sessions.decisions(['a', 'bad', 'c'], { concurrency: 1, onProgress }));
  expect(progress.map(({ done, failed }) => [done, failed])).toEqual([
    [1, 0],
    [2, 1],
    [3, 1],
  ]);
  expect(progress[2]?.ratePerSecond).toBeGreaterThan(0);
});

test.each([
  ['aborts while onProgress hangs', () => new Promise(() => {})],
  ['aborts while onProgress fails later', () => pause(60).then(() => Promise.reject(new Error('too late')))],
])('a signal that %s ends the iteration with its own reason', async (_, onProgress) => {
  const controller = new AbortController();
  const reason = new Error('shut down');
  const { signal } = controller;
  const run = collect(clientAnswering(decided).sessions.decisions(['a', 'b'], { signal, onProgress }));
  setTimeout(() => controller.abort(reason), 20);
  expect(await rejection(run)).toBe(reason);
  await pause(60);
});

test('a slow consumer keeps no more than `concurrency` results', async () => {
  let answered = 0;
  let taken = 0;
  function* ids() {
    for (let n = 0; n < 50; n += 1) {
      taken += 1;
      yield `s-${n}`;
    }
  }
  const didit = clientAnswering((request) => {
    answered += 1;
    return decided(request);
  });
  let seen = 0;
  for await (const _ of didit.sessions.decisions(ids(), { concurrency: 4 })) {
    seen += 1;
    await pause(10); // all that may be retrieved by now has been
    expect(answered - seen).toBeLessThanOrEqual(4);
    expect(taken - seen).toBeLessThanOrEqual(4);
    if (seen === 10) break;
  }
});

test('when one call receives 429, all wait', async () => {
  const times: number[] = [];
  let throttled = false;
  const didit = clientAnswering(
    (request) => {
      times.push(performance.now());
      if (throttled || idOf(request) !== 's-3') return decided(request);
      throttled = true;
      return json({}, { status: 429, headers: { 'retry-after': '0.3' } });
    },
    { maxRetries: 2 },
  );
  const ids = Array.from({ length: 30 }, (_, n) => `s-${n}`);
  const results = await collect(didit.sessions.decisions(ids, { concurrency: 4 }));
  expect(results.every(({ decision }) => decision)).toBe(true);
  // The four that were under way are through; the next one of all comes after the pause.
  const gaps = times.slice(1).map((time, n) => time - (times[n] ?? 0));
  expect(Math.max(...gaps)).toBeGreaterThan(250);
  expect(times.filter((time) => time - (times[0] ?? 0) < 250).length).toBeLessThanOrEqual(8);
});

test.each([400, 401, 403])('credentials that are refused with %i end the iteration', async (status) => {
  let asked = 0;
  const { fetch } = observed((request) => {
    if (isTokenRequest(request)) asked += 1;
    return json({ error: 'invalid_client' }, { status });
  });
  const didit = createClient({ clientId: 'id', clientSecret: 's', fetch });
  const ids = Array.from({ length: 1_000 }, (_, n) => `s-${n}`);
  expect(await rejection(collect(didit.sessions.decisions(ids)))).toBeInstanceOf(TokenError);
  expect(asked).toBe(1);
});

test.each([
  ['an API key', { apiKey: 'key-1' }],
  ['a token', { accessToken: 'token-1' }],
  ['client credentials', { clientId: 'id', clientSecret: 's' }],
])('%s that the API refuses ends the iteration, too', async (_, credentials) => {
  let asked = 0;
  const { fetch } = observed((request) => {
    if (isTokenRequest(request)) return token(`token-${asked}`);
    asked += 1;
    return json({}, { status: 401 });
  });
  const didit = createClient({ ...(credentials as { apiKey: string }), fetch });
  const ids = Array.from({ length: 1_000 }, (_, n) => `s-${n}`);
  expect(await rejection(collect(didit.sessions.decisions(ids)))).toBeInstanceOf(AuthenticationError);
  expect(asked).toBeLessThanOrEqual(32);
});

describe('a pause that the service asks for', () => {
  const ids = Array.from({ length: 200 }, (_, n) => `s-${n}`);
  const pausing = (status: number, seconds: string, where: 'token' | 'api') => {
    const times: number[] = [];
    const { fetch } = observed((request) => {
      if (isTokenRequest(request) && where === 'api') return token();
      times.push(performance.now());
      return json({}, { status, headers: { 'retry-after': seconds } });
    });
    return { didit: createClient({ clientId: 'id', clientSecret: 's', fetch, maxRetries: 0 }), times };
  };

  test.each([
    [503, 'api', 'ServerError'],
    [429, 'token', 'TokenError'],
    [503, 'token', 'TokenError'],
  ] as const)('with a %d of the %s, for an hour, ends the iteration', async (status, where, name) => {
    const { didit, times } = pausing(status, '3600', where);
    expect(await rejection(collect(didit.sessions.decisions(ids)))).toMatchObject({ name, retryAfterMs: 3_600_000 });
    expect(times.length).toBeLessThanOrEqual(8);
  });

  test.each([
    [503, 'api'],
    [429, 'token'],
  ] as const)('with a %d of the %s, for a moment, is made by all', async (status, where) => {
    const { didit, times } = pausing(status, '0.2', where);
    await collect(didit.sessions.decisions(ids.slice(0, 6), { concurrency: 2 }));
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(350);
  });

  test('is not made shorter by a shorter one that comes later', async () => {
    const startedAt = performance.now();
    const begun: number[] = []; // the first is the token's
    const refused = new Set<string>();
    const didit = clientAnswering(
      async (request) => {
        const id = idOf(request);
        if (refused.has(id) || refused.size === 2) return decided(request);
        refused.add(id);
        if (id === 's-1') await pause(30); // its answer comes second
        return json({}, { status: 429, headers: { 'retry-after': id === 's-0' ? '0.4' : '0.05' } });
      },
      {
        maxRetries: 1,
        hooks: {
          onRequest: ({ attempt }) => void (attempt === 0 && begun.push(performance.now() - startedAt)),
        },
      },
    );
    await collect(didit.sessions.decisions(ids.slice(0, 3), { concurrency: 2 }));
    expect(begun).toHaveLength(4);
    expect(begun[3]).toBeGreaterThan(390); // s-1 was through after 80 ms and had made room
  });

  test('delays an id that the source returns in the meantime', async () => {
    const times: number[] = [];
    const didit = clientAnswering((request) => {
      times.push(performance.now());
      if (times.length > 1) return decided(request);
      return json({}, { status: 429, headers: { 'retry-after': '0.3' } });
    });
    async function* slow() {
      yield 'a';
      await pause(50); // the pause begins while the next id is under way
      yield 'b';
    }
    await collect(didit.sessions.decisions(slow()));
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(290);
  });

  test('is not made longer by a clock that is set back', async () => {
    let n = 0;
    const didit = clientAnswering((request) => {
      n += 1;
      return n === 1 ? json({}, { status: 429, headers: { 'retry-after': '0.2' } }) : decided(request);
    });
    const now = Date.now;
    setTimeout(() => vi.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000), 50);
    try {
      const results = await collect(didit.sessions.decisions(ids.slice(0, 6), { concurrency: 1 }));
      expect(results).toHaveLength(6);
    } finally {
      vi.restoreAllMocks();
    }
  });
});

describe('concurrency', () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is refused', async (concurrency) => {
    const error = await rejection(collect(clientAnswering(decided).sessions.decisions(['a'], { concurrency })));
    expect(error).toBeInstanceOf(OptionsError);
  });
});

test.each([undefined, null, 5, 'a-single-id', {}])('%j is not a list of ids', async (ids) => {
  const didit = clientAnswering(decided);
  expect(await rejection(collect(didit.sessions.decisions(ids as unknown as string[])))).toBeInstanceOf(OptionsError);
});

test('a session will do for its id, and its id is what comes back', async () => {
  const session = { session_id: 's-1', session_token: 'secret-token', url: 'https://example.com/secret-token' };
  const results = await collect(clientAnswering(decided).sessions.decisions([session, 's-2']));
  expect(results.map(({ session_id }) => session_id).sort()).toEqual(['s-1', 's-2']);
  expect(JSON.stringify(results)).not.toContain('secret-token');
});

test.each([5, null, {}, { session_id: 7 }])('%j among the ids is an error of its own', async (id) => {
  const results = await collect(clientAnswering(decided).sessions.decisions([id as unknown as string, 's-2']));
  expect(results.map(({ error }) => error?.name).sort()).toEqual(['OptionsError', undefined]);
});

const mine = new Error('mine');

describe('an item that cannot be read', () => {
  const revoked = () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };
  const items: [string, () => unknown][] = [
    ['undefined', () => undefined],
    ['null', () => null],
    ['a number', () => 5],
    ['a symbol', () => Symbol('id')],
    ['a function', () => () => 's-1'],
    ['a session whose id is a number', () => ({ session_id: 7 })],
    ['a session whose id is a list', () => ({ session_id: ['s-1'] })],
    ['a revoked proxy', revoked],
    ['an object without a prototype', () => Object.create(null)],
    [
      'a session whose id throws',
      () => ({
        get session_id() {
          return thrower();
        },
      }),
    ],
    ['a promise that is rejected', () => Promise.reject(mine)],
    ['a promise that is rejected with a revoked proxy', () => Promise.reject(revoked())],
    ['an object whose then throws', () => thenable(() => thrower())],
    [
      'an object whose then rejects',
      () => thenable(() => (_: unknown, reject: (e: unknown) => void) => reject('mine')),
    ],
  ];

  test.each(items)('%s is an error of its own, and the others come', async (_, make) => {
    for (const concurrency of [1, 8]) {
      for (const ids of [() => ['a', make(), 'b'], () => later(['a', make(), 'b'])]) {
        const results = await collect(
          clientAnswering(decided).sessions.decisions(ids() as Iterable<string>, { concurrency }),
        );
        const bad = results.filter(({ error }) => error);
        expect(bad).toEqual([{ session_id: '', error: expect.any(OptionsError) }]);
        expect(bad[0]?.error).toMatchObject({ operation: 'getSessionDecision' });
        expect(results.flatMap(({ decision }) => decision?.session_id ?? []).sort()).toEqual(['a', 'b']);
      }
    }
  });

  test('counts as failed', async () => {
    const progress: number[][] = [];
    const ids = [null, 'a'] as string[];
    const onProgress = ({ done, failed }: { done: number; failed: number }) => progress.push([done, failed]);
    await collect(clientAnswering(decided).sessions.decisions(ids, { concurrency: 1, onProgress }));
    expect(progress).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  test('and never comes is waited for until the signal aborts', async () => {
    const reason = new Error('shut down');
    const controller = new AbortController();
    const ids = ['a', new Promise<string>(() => {})] as string[];
    const seen: string[] = [];
    const run = (async () => {
      for await (const { session_id } of clientAnswering(decided).sessions.decisions(ids, controller)) {
        seen.push(session_id);
      }
    })();
    setTimeout(() => controller.abort(reason), 30);
    expect(await rejection(run)).toBe(reason);
    expect(seen).toEqual(['a']);
  });

  test('but a promise of an id, or of a session, will do', async () => {
    const ids = [Promise.resolve('a'), Promise.resolve({ session_id: 'b' })] as unknown as string[];
    const results = await collect(clientAnswering(decided).sessions.decisions(ids));
    expect(results.map(({ decision }) => decision?.session_id).sort()).toEqual(['a', 'b']);
  });
});

describe('a source that breaks', () => {
  const breaks: [string, () => unknown, unknown][] = [
    ['whose next throws', thrower, mine],
    ['whose next rejects', () => Promise.reject(mine), mine],
    [
      'whose done throws',
      () => ({
        get done() {
          return thrower();
        },
      }),
      mine,
    ],
    [
      'whose value throws',
      () => ({
        done: false,
        get value() {
          return thrower();
        },
      }),
      mine,
    ],
    ['whose next returns undefined', () => undefined, expect.any(OptionsError)],
    ['whose next returns null', () => null, expect.any(OptionsError)],
    ['whose next returns a string', () => 'a', expect.any(OptionsError)],
    ['whose next comes to undefined', async () => undefined, expect.any(OptionsError)],
    ['whose next comes to a number', async () => 5, expect.any(OptionsError)],
  ];

  test.each(breaks)('%s ends the iteration after all results before it', async (_, broken, expected) => {
    for (const symbol of [Symbol.iterator, Symbol.asyncIterator]) {
      for (const concurrency of [1, 8]) {
        const ids = ['a', 'b', 'c'];
        const close = vi.fn();
        const source = {
          [symbol]: () => ({
            next: () => (ids.length > 0 ? { done: false, value: ids.shift() } : broken()),
            return: close,
          }),
        } as unknown as Iterable<string>;
        const didit = clientAnswering(async (request) => {
          await pause(5);
          return decided(request);
        });
        const seen: string[] = [];
        const run = (async () => {
          for await (const { session_id, decision } of didit.sessions.decisions(source, { concurrency })) {
            if (decision) seen.push(session_id);
          }
        })();
        expect(await rejection(run)).toEqual(expected);
        expect(seen.sort()).toEqual(['a', 'b', 'c']);
        expect(close).not.toHaveBeenCalled(); // as with for-await: it has ended by itself
      }
    }
  });

  test.each<[string, unknown]>([
    ['returns no iterator', { [Symbol.iterator]: () => undefined }],
    ['returns an iterator without next', { [Symbol.asyncIterator]: () => ({}) }],
    ['returns a string as iterator', { [Symbol.iterator]: () => 'abc' }],
  ])('because it %s is refused', async (_, ids) => {
    const didit = clientAnswering(decided);
    expect(await rejection(collect(didit.sessions.decisions(ids as string[])))).toBeInstanceOf(OptionsError);
  });

  test.each<[string, () => unknown]>([
    ['throws', thrower],
    ['rejects', () => Promise.reject(mine)],
    ['returns a thenable that throws', () => thenable(() => thrower)],
  ])('only when it is closed does no harm: its return %s', async (_, close) => {
    const source = {
      [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 'a' }), return: close }),
    } as unknown as Iterable<string>;
    let seen = 0;
    for await (const _ of clientAnswering(decided).sessions.decisions(source)) {
      seen += 1;
      if (seen === 3) break;
    }
    expect(seen).toBe(3);
  });

  test('only when it is closed, with a return that never ends, does not hold an abort up', async () => {
    const source = {
      [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 'a' }), return: () => new Promise(() => {}) }),
    } as unknown as Iterable<string>;
    const controller = new AbortController();
    const reason = new Error('shut down');
    const run = (async () => {
      for await (const _ of clientAnswering(decided).sessions.decisions(source, controller)) break;
    })();
    setTimeout(() => controller.abort(reason), 30);
    await run;
  });
});

test('no ids, no results', async () => {
  expect(await collect(clientAnswering(decided).sessions.decisions([]))).toEqual([]);
});

describe('a slow source', () => {
  test('holds no finished result back, and may wait for it', async () => {
    let delivered = () => {};
    const first = new Promise<void>((resolve) => {
      delivered = resolve;
    });
    async function* ids() {
      yield 'a';
      await first;
      yield 'b';
    }
    const seen: string[] = [];
    for await (const { session_id } of clientAnswering(decided).sessions.decisions(ids())) {
      seen.push(session_id);
      delivered();
    }
    expect(seen).toEqual(['a', 'b']);
  });

  test('and never answers does not hold an abort up', async () => {
    const controller = new AbortController();
    const reason = new Error('shut down');
    const ids = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) };
    const run = collect(clientAnswering(decided).sessions.decisions(ids, { signal: controller.signal }));
    setTimeout(() => controller.abort(reason), 5);
    expect(await rejection(run)).toBe(reason);
  });
});

test('a 429 that is not sent again slows the others down too', async () => {
  const times: number[] = [];
  const didit = clientAnswering(() => {
    times.push(performance.now());
    return json({}, { status: 429, headers: { 'retry-after': '0.2' } });
  });
  const ids = Array.from({ length: 6 }, (_, n) => `s-${n}`);
  const results = await collect(didit.sessions.decisions(ids, { concurrency: 2 }));
  expect(results.every(({ error }) => error instanceof RateLimitError)).toBe(true);
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(350);
});

test('a 429 that asks for a day ends the iteration instead of sleeping', async () => {
  const didit = clientAnswering(() => json({}, { status: 429, headers: { 'retry-after': '86400' } }));
  const error = await rejection(collect(didit.sessions.decisions(['a', 'b', 'c'])));
  expect(error).toMatchObject({ name: 'RateLimitError', retryAfterMs: 86_400_000 });
});

test('an onProgress that rejects ends the iteration with its error, even if the source fails to close', async () => {
  const source = {
    [Symbol.iterator]: () => ({
      next: () => ({ value: 'a', done: false }),
      return: () => {
        throw new Error('cannot close');
      },
    }),
  } as Iterable<string>;
  const onProgress = () => Promise.reject(new Error('mine'));
  const run = collect(clientAnswering(decided).sessions.decisions(source, { onProgress }));
  expect(await rejection(run)).toMatchObject({ message: 'mine' });
});

function idOf(request: Request) {
  return new URL(request.url).pathname.split('/')[4] ?? '';
}

function decided(request: Request) {
  return json({ ...confirmed, session_id: idOf(request) });
}

function pause(ms: number) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

function thrower(): never {
  throw mine;
}

/** An object with a `then` that is looked up with `get`. */
function thenable(get: () => unknown) {
  return Object.defineProperty({}, 'then', { get });
}

/** An async iterator by hand: unlike a generator, it awaits no promise that it returns. */
function later(values: readonly unknown[]): AsyncIterable<unknown> {
  const rest = [...values];
  const next = () => ({ done: rest.length === 0, value: rest.shift() });
  return { [Symbol.asyncIterator]: () => ({ next }) } as unknown as AsyncIterable<unknown>;
}
