import { mergeConfig } from 'vitest/config';
import { base } from '../../vitest.base.ts';

export default mergeConfig(base, {
  test: {
    globalSetup: ['./set-up.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxConcurrency: 3,
    disableConsoleIntercept: true,
  },
});
