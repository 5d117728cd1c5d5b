import { mergeConfig } from 'vitest/config';
import { base, sourceAndShipped } from '../../vitest.base.ts';

/** The tests of the packed package share one installation, and run two at a time what they start. */
const packed = ['test/{exit,leaks,packed,runtimes,types}.test.ts'];

export default mergeConfig(base, {
  test: {
    projects: [
      ...sourceAndShipped({
        sourceOnly: [...packed, 'test/report.test.ts', 'test/{auth/token-cache,http/with-timeout}.test.ts'],
        source: {
          exclude: packed,
          typecheck: { enabled: true, include: ['test-d/**/*.test-d.ts'], tsconfig: 'test/tsconfig.json' },
        },
      }),
      {
        extends: false,
        test: {
          name: 'packed',
          include: packed,
          globalSetup: 'test/support/packed-setup.ts',
          maxConcurrency: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
