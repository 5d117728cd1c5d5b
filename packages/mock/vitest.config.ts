import { mergeConfig } from 'vitest/config';
import { base, sourceAndShipped } from '../../vitest.base.ts';

export default mergeConfig(base, {
  test: {
    projects: sourceAndShipped({
      sourceOnly: [
        'test/{cli-options,differential,engine,people}.test.ts', // import internals
        'test/{built-for,consent-browser,packed,readme}.test.ts',
      ],
    }),
  },
});
