import { mergeConfig } from 'vitest/config';
import { base } from '../../vitest.base.ts';

/** Most tests run the command line, some a dozen times: what takes seconds alone takes longer on a busy machine. */
export default mergeConfig(base, { test: { testTimeout: 180_000, hookTimeout: 600_000 } });
