import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTokenCache } from '../../src/auth/token-cache.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => vi.useRealTimers());

const life = 3_600_000;

test('a renewal that is under way when its token is refused is waited for, and no other is begun', async () => {
  const { cache, answers } = pending();
  const first = cache.get();
  answers[0]?.give('token-1');
  await first;
  vi.advanceTimersByTime(life - 200_000);
  cache.get(); // begins the renewal in the background
  cache.invalidate('token-1');
  const next = cache.get();
  expect(answers).toHaveLength(2);
  answers[1]?.give('token-2');
  expect((await next).token).toBe('token-2');
  expect((await cache.get()).token).toBe('token-2');
  expect(answers).toHaveLength(2);
});

test('a refused token that is no longer the one in use changes nothing', async () => {
  const { cache, answers } = pending();
  const first = cache.get();
  answers[0]?.give('token-1');
  await first;
  cache.invalidate('token-0');
  expect((await cache.get()).token).toBe('token-1');
  expect(answers).toHaveLength(1);
});

test.each([
  [
    'the request',
    () => ({
      request: () => {
        throw new Error('at once');
      },
    }),
  ],
  [
    'the store',
    () => ({
      request: () => Promise.reject(new Error('not asked')),
      shared: {
        obtain: () => {
          throw new Error('at once');
        },
        discard: () => {},
      },
    }),
  ],
])('%s that throws instead of rejecting fails one call, and the next asks again', async (_, broken) => {
  const options = { refreshAheadMs: 0, expirySkewMs: 0 };
  let works = false;
  const issued = { token: { token: 'token-1', expiresAt: Date.now() + life, lifetimeMs: life }, clockOffsetMs: 0 };
  const bad = broken();
  const cache = createTokenCache({
    ...options,
    request: () => (works ? Promise.resolve(issued) : bad.request()),
    ...('shared' in bad && {
      shared: { ...bad.shared, obtain: (request) => (works ? request() : bad.shared.obtain()) },
    }),
  });
  for (let n = 0; n < 2; n += 1) await expect(cache.get()).rejects.toThrow('at once');
  works = true;
  expect((await cache.get()).token).toBe('token-1');
});

test('a request that does not listen to its signal is given up all the same, and its token is not used', async () => {
  const { cache, answers } = pending();
  const controller = new AbortController();
  const first = cache.get(controller.signal);
  controller.abort(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  const second = cache.get();
  expect(answers).toHaveLength(2);
  answers[1]?.give('token-2');
  expect((await second).token).toBe('token-2');
  answers[0]?.give('token-1');
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect((await cache.get()).token).toBe('token-2');
});

test('a renewal in the background continues when its only waiting caller leaves', async () => {
  const { cache, answers } = pending();
  const first = cache.get();
  answers[0]?.give('token-1');
  await first;
  vi.advanceTimersByTime(life - 200_000);
  cache.get(); // begins the renewal
  vi.setSystemTime(Date.now() + 180_000); // past the end of the first
  const controller = new AbortController();
  const waiting = Promise.resolve(cache.get(controller.signal));
  vi.setSystemTime(Date.now() - 180_000); // the first serves again
  controller.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  answers[1]?.give('token-2');
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect((await cache.get()).token).toBe('token-2');
  expect(answers).toHaveLength(2);
});

test('renewals that fail back off up to a minute, and from the start again after one that does not', async () => {
  const { cache, answers } = pending();
  const first = cache.get();
  answers[0]?.give('token-1');
  await first;
  vi.advanceTimersByTime(life - 299_000);
  const gaps: number[] = [];
  for (let failures = 0; failures < 8; failures += 1) {
    const asked = answers.length;
    let waited = 0;
    for (; answers.length === asked && waited < 70_000; waited += 500) {
      if (waited > 0) vi.advanceTimersByTime(500);
      cache.get();
    }
    gaps.push(waited - 500);
    answers.at(-1)?.fail();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(gaps).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000]);
});

/** A cache whose requests are answered when the test says so. */
function pending() {
  const answers: { give: (token: string) => void; fail: () => void }[] = [];
  const cache = createTokenCache({
    request: () =>
      new Promise((resolve, reject) => {
        answers.push({
          give: (token) =>
            resolve({ token: { token, expiresAt: Date.now() + life, lifetimeMs: life }, clockOffsetMs: 0 }),
          fail: () => reject(new Error('down')),
        });
      }),
    refreshAheadMs: 300_000,
    expirySkewMs: 30_000,
  });
  return { cache, answers };
}
