import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { defineConfig } from 'tsdown';

const contract = readFileSync(createRequire(import.meta.url).resolve('@didit-data/openapi/didit-data.yaml'));

export default defineConfig({
  entry: { index: 'src/index.ts', cli: 'src/cli/cli.ts', vitest: 'src/vitest.ts' },
  platform: 'node',
  target: 'node24',
  fixedExtension: false,
  hash: false,
  sourcemap: true,
  dts: { sourcemap: true },
  treeshake: { moduleSideEffects: 'no-external' }, // otherwise the public types import Prism's, which they do not use
  deps: {
    neverBundle: ['#prism-http'],
    alwaysBundle: ['@didit-data/openapi/package.json'], // its version is the one of the contract that the mock is built for
  },
  define: { BUILT_FOR_CONTRACT: JSON.stringify(createHash('sha256').update(contract).digest('hex')) },
});
