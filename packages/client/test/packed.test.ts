import { dirname } from 'node:path';
import { expect, inject, test } from 'vitest';
import { output, runtime } from './support/outside.ts';

const tarball = inject('tarball');
const folder = inject('folder');

const entries = ['index', 'opentelemetry', 'report', 'undici'];

test('the tarball holds its entries, what they share, and no more', async () => {
  const list = (await output('tar', ['-tzf', tarball], dirname(tarball))).trim().split('\n');
  const isBuilt = (path: string) => /^package\/dist\/[a-z-]+\.(d\.ts|js)$/.test(path);
  const changelog = 'package/CHANGELOG.md'; // there is one from the first release on
  expect(list.filter((path) => !isBuilt(path) && path !== changelog).sort()).toEqual([
    'package/LICENSE',
    'package/README.md',
    'package/package.json',
  ]);
  const expected = entries.flatMap((name) => [`package/dist/${name}.d.ts`, `package/dist/${name}.js`]);
  expect(list).toEqual(expect.arrayContaining(expected));
});

test('its types resolve as its code does', async () => {
  const report = await output('attw', [tarball, '--profile', 'esm-only'], dirname(tarball)); // rejects on any problem
  for (const name of entries) {
    expect(report).toContain(name === 'index' ? '"@didit-data/client"' : `"@didit-data/client/${name}"`);
  }
});

test('every entry loads on the oldest Node with the oldest peers', async () => {
  const names = JSON.parse(await output(runtime('node-20', 'bin/node'), ['entries.mjs'], folder));
  expect(names).toEqual({
    '.': expect.arrayContaining(['createClient', 'requireScopes', 'NotFoundError']),
    './opentelemetry': ['openTelemetryHooks'],
    './report': ['createContractReport'],
    './undici': ['undiciFetch'],
  });
});
