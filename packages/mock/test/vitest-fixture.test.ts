import { describe, expect } from 'vitest';
import { test } from '../src/vitest.ts';

const seen: string[] = [];

describe('each test has its own mock', () => {
  test.concurrent.for([1, 2, 3, 4])('also in parallel: %i', async (count, { mock, baseUrl, expect }) => {
    expect(baseUrl).toBe(mock.url);
    seen.push(mock.url);
    for (let index = 0; index < count; index += 1) {
      expect((await fetch(`${baseUrl}/auth/v2/session/none/status/`)).status).toBe(403);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(mock.requests).toHaveLength(count);
  });

  test('and it is closed afterwards', async () => {
    expect(new Set(seen).size).toBe(4);
    for (const url of seen) await expect(fetch(`${url}/__mock/health`)).rejects.toThrow('fetch failed');
  });
});

describe('options', () => {
  test.override({ mockOptions: { clients: [{ clientId: 'shop', clientSecret: 'secret' }] } });

  test('are set for the describe', ({ mock }) => {
    expect(mock.clientId).toBe('shop');
  });
});
