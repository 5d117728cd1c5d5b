import { mergeConfig } from 'vitest/config';
import { base, sourceAndShipped } from '../../vitest.base.ts';

export default mergeConfig(base, { test: { projects: sourceAndShipped({ sourceOnly: [] }) } });
