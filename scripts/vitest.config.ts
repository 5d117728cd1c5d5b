import { mergeConfig } from 'vitest/config';
import { base } from '../vitest.base.ts';

/** What is tested starts programs, some of them several. */
export default mergeConfig(base, { test: { testTimeout: 60_000 } });
