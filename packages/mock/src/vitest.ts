import { test as base, type TestAPI } from 'vitest';
import type { MockOptions } from './options.ts';
import { type Mock, startMock } from './start-mock.ts';

/** What a test gets. */
export interface MockFixtures {
  /** Options of the mock; `test.override({ mockOptions: { … } })` changes them for a file or a `describe`. */
  mockOptions: MockOptions;
  /** A mock of this test's own, also under `test.concurrent`; it is closed after the test. */
  mock: Mock;
  /** Its `url`. */
  baseUrl: string;
}

/**
 * Vitest's `test` with a fresh mock for each test that asks for one.
 *
 * @example
 * test('a token', async ({ mock, baseUrl }) => { … });
 */
export const test: TestAPI<MockFixtures> = base.extend<MockFixtures>({
  mockOptions: {},
  mock: async ({ mockOptions }, use) => {
    await using mock = await startMock(mockOptions);
    await use(mock);
  },
  baseUrl: async ({ mock }, use) => use(mock.url),
});
