import { mergeConfig } from 'vitest/config';
import { base } from '../../vitest.base.ts';

export default mergeConfig(base, {
  test: { globalSetup: ['../system.ts'], testTimeout: 180_000, hookTimeout: 180_000, disableConsoleIntercept: true },
});
