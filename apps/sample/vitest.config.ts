import { defineConfig } from 'vitest/config';
import { base } from '../../vitest.base.ts';

/** The browser tests can be told of a copy of the app that runs on released packages: that run has a report of its own. */
const outputFile = `reports/${process.env.SAMPLE_DIRECTORY ? 'published' : 'vitest'}.json`;

export default defineConfig({
  test: {
    ...base.test,
    reporters: ['default', ['json', { outputFile }]],
    maxWorkers: 2, // each file of browser tests has a Chromium of its own: more at a time only wait for each other
  },
});
