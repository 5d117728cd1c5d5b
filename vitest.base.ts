import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Plugin, TestProjectInlineConfiguration, ViteUserConfig } from 'vitest/config';

declare module 'vitest' {
  interface ProvidedContext {
    /** What a package's tests run on: its sources, or what is built of them and shipped. */
    readonly target: 'src' | 'dist';
  }
}

/** What every package's test run shares: a report that the root's summary reads. */
export const base: ViteUserConfig = {
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
};

interface Suite {
  /** Test files that need no second run: they import internals, or test the packed package already. */
  readonly sourceOnly: readonly string[];
  /** More options of the project that runs on the sources. */
  readonly source?: TestProjectInlineConfiguration['test'];
}

/**
 * The two projects of a published package. `source` runs its tests on `src`. `shipped` runs the same files again on
 * `dist`, because a bundler can change what code does. One setting says which: the provided value `target`.
 */
export function sourceAndShipped({ sourceOnly, source }: Suite): TestProjectInlineConfiguration[] {
  return [
    { extends: true, test: { name: 'source', provide: { target: 'src' }, ...source } },
    {
      extends: true,
      plugins: [importsOfDist(process.cwd())],
      test: { name: 'shipped', provide: { target: 'dist' }, exclude: [...sourceOnly] },
    },
  ];
}

/** Leads a test's import of an entry in `src` to the built one, and refuses an import of anything else there. */
function importsOfDist(directory: string): Plugin {
  const sources = join(directory, 'src');
  return {
    name: 'imports-of-dist',
    enforce: 'pre',
    resolveId(id, importer) {
      if (!importer || !id.startsWith('.')) return undefined;
      const file = resolve(importer, '..', id);
      const path = relative(sources, file);
      if (path.startsWith('..')) return undefined;
      const built = join(directory, 'dist', path.replace(/\.ts$/, '.js'));
      if (existsSync(built)) return { id: built, external: true };
      throw new Error(
        `${relative(directory, importer)} imports ${id}, which is not an entry: list the test in sourceOnly.`,
      );
    },
  };
}
