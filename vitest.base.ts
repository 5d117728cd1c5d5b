import { defineConfig } from 'vitest/config';

/** What every package's test run shares: a report that the root's summary reads. */
export const base = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
