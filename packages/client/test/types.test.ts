import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { output, runtimeFile } from './support/outside.ts';

const folder = inject('folder');

const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2022', 'DOM'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
};
const resolutions = {
  NodeNext: { module: 'NodeNext', moduleResolution: 'NodeNext' },
  Bundler: { module: 'ESNext', moduleResolution: 'Bundler' },
};

beforeAll(async () => {
  for (const [name, options] of Object.entries(resolutions)) {
    const config = { compilerOptions: { ...compilerOptions, ...options }, files: ['consumer.ts'] };
    await writeFile(join(folder, `tsconfig.${name}.json`), JSON.stringify(config));
  }
});

describe.concurrent.each(['5.4', '5.9', '6', '7'])(
  'the types compile, those of dependencies too, under TypeScript %s',
  (version) => {
    const tsc = runtimeFile(`typescript-${version}/bin/tsc`);

    test.each(Object.keys(resolutions))('%s', async (resolution) => {
      expect(await output(process.execPath, [tsc, '-p', `tsconfig.${resolution}.json`], folder)).toBe('');
    });
  },
);
