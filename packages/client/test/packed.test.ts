import { glob } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { output, runtime } from './support/outside.ts';

const tarball = inject('tarball');
const folder = inject('folder');

const directory = fileURLToPath(new URL('..', import.meta.url));
const entries = ['index', 'opentelemetry', 'report', 'undici'];

test('the tarball holds its entries, what they share, their sources, and no more', async () => {
  const list = (await output('tar', ['-tzf', tarball], dirname(tarball))).trim().split('\n');
  const isBuilt = (path: string) => /^package\/dist\/[a-z-]+\.(d\.ts|js)(\.map)?$/.test(path);
  const isSource = (path: string) => path.startsWith('package/src/');
  const changelog = 'package/CHANGELOG.md'; // exists since the first release
  expect(list.filter((path) => !isBuilt(path) && !isSource(path) && path !== changelog).sort()).toEqual([
    'package/LICENSE',
    'package/README.md',
    'package/package.json',
  ]);
  const built = entries.flatMap((name) => [`package/dist/${name}.d.ts`, `package/dist/${name}.js`]);
  expect(list).toEqual(expect.arrayContaining(built));
  const sources: string[] = [];
  for await (const path of glob('src/**/*.{ts,js,md}', { cwd: directory })) sources.push(`package/${path}`);
  expect(list.filter(isSource).sort()).toEqual(sources.sort());
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
