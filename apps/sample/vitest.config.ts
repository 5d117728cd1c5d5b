import { defineConfig } from 'vitest/config';
import { base } from '../../vitest.base.ts';

/** Each run has a report of its own. `SAMPLE_DIRECTORY` names a copy of the app on released packages. */
const inBrowser = process.argv.includes('test/browser') ? 'browser' : 'vitest';
const outputFile = `reports/${process.env.SAMPLE_DIRECTORY ? 'published' : inBrowser}.json`;

export default defineConfig({
  test: {
    ...base.test,
    reporters: ['default', ['json', { outputFile }]],
    maxWorkers: 2, // each file of browser tests starts its own Chromium: more at a time are no faster
  },
});
