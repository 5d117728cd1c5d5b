import { test as base, type TestAPI } from 'vitest';
import type { MockOptions } from './options.ts';
import { type Mock, startMock } from './start-mock.ts';

/** The fixtures of `test`. */
export interface MockFixtures {
  /** Options of the mock; `test.override({ mockOptions: { … } })` sets them for a file or a `describe`. */
  mockOptions: MockOptions;
  /** A mock for this test alone, also under `test.concurrent`. It is closed after the test. */
  mock: Mock;
  /** The `url` of the mock. */
  baseUrl: string;
}

/**
 * Vitest's `test`, with a fresh mock for each test that uses one.
 *
 * @example
 * ```ts
 * test('a token', async ({ mock, baseUrl }) => { … });
 * ```
 */
export const test: TestAPI<MockFixtures> = base.extend<MockFixtures>({
  mockOptions: {},
  mock: async ({ mockOptions }, use) => {
    await using mock = await startMock(mockOptions);
    await use(mock);
  },
  baseUrl: async ({ mock }, use) => use(mock.url),
});
