import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { licenses } from './licenses.ts';

/*
 * Makes `dist/prism-http.cjs`: Prism's engine with its dependencies, at the versions of this repository's lockfile.
 * Installed as a dependency, it is 145 packages at any version that its ranges allow. One of them has an install
 * script that reports the installation to an analytics service.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const { resolve } = createRequire(import.meta.url);

/** Imports of exactly this name are replaced. `of` limits that to the importers whose path contains it. */
const replacements: readonly { readonly name: RegExp; readonly by: string; readonly of?: string }[] = [
  // Prism makes examples only in English; the other languages are 3 MB.
  { name: /^@faker-js\/faker$/, by: '@faker-js/faker/locale/en' },
  // A bundler cannot resolve the imports of its main file, a UMD wrapper.
  { name: /^jsonc-parser$/, by: 'jsonc-parser/lib/esm/main.js' },
  // Node's own modules print a deprecation warning when they are loaded from outside of node_modules.
  { name: /^punycode$/, by: 'punycode/' },
  { name: /^url$/, by: 'url/', of: 'json-schema-ref-parser' },
];

const replace: Plugin = {
  name: 'replace',
  setup({ onResolve }) {
    for (const { name, by, of = '' } of replacements) {
      onResolve({ filter: name }, ({ importer }) => (importer.includes(of) ? { path: resolve(by) } : undefined));
    }
  },
};

const { metafile } = await build({
  absWorkingDir: root,
  stdin: {
    contents: "export { createInstance, getHttpOperationsFromSpec, ProblemJsonError } from '@stoplight/prism-http';",
    resolveDir: root,
  },
  outfile: 'dist/prism-http.cjs',
  bundle: true,
  metafile: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none', // all notices are in the file of licenses
  logLevel: 'warning',
  // Since 2.14, the overloads of fp-ts take a quarter of the time of a request.
  alias: { 'fp-ts': dirname(resolve('fp-ts/package.json')) },
  plugins: [replace],
});

await writeFile(join(root, 'dist/prism-http.licenses.txt'), await licenses(root, Object.keys(metafile.inputs)));
