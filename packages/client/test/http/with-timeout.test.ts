import { expect, test, vi } from 'vitest';
import { withTimeout } from '../../src/http/with-timeout.ts';

test.each([
  ['throws', () => Promise.reject(new Error('refused'))],
  ['answers', async () => new Response('{}')],
])('a fetch that %s leaves no timer and no listener on a signal that lives on', async (_, fetch) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await withTimeout(1_000)(fetch)(new Request('https://example.com'), { signal }).catch(() => {});
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
    expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([1, 1]);
  } finally {
    vi.useRealTimers();
  }
});
