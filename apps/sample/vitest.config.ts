import { mergeConfig } from 'vitest/config';
import { base } from '../../vitest.base.ts';

// Each file of browser tests has a Chromium of its own: more at a time only wait for each other.
export default mergeConfig(base, { test: { maxWorkers: 2 } });
