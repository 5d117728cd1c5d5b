import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const outside = mkdtempSync(join(tmpdir(), 'didit mock '));
const modules = join(outside, 'node_modules');

beforeAll(() => {
  for (const name of ['openapi', 'packages/mock']) {
    run(join(root, 'node_modules/.bin/pnpm'), ['pack', '--pack-destination', outside], join(root, name));
  }
  const tarballs = readdirSync(outside).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(outside, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  run('npm', ['install', '--no-audit', '--no-fund', ...tarballs.map((name) => `./${name}`)], outside);
});
afterAll(() => rmSync(outside, { recursive: true, force: true }));

test('npm installs nothing else with it, and runs no script', () => {
  const lock = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'));
  expect(Object.keys(lock.packages)).toEqual(['node_modules/@didit-data/mock', 'node_modules/@didit-data/openapi']);
  expect(Object.values(lock.packages)).not.toContainEqual(expect.objectContaining({ hasInstallScript: true }));
});

test('the license of each bundled package is included, with its text', () => {
  const [, ...sections] = readFileSync(join(modules, '@didit-data/mock/dist/prism-http.licenses.txt'), 'utf8').split(
    /^(?=\S+ \d+\.\d+\.\d+\S* \([^)]+\)$)/m,
  );
  expect(sections).toContainEqual(
    expect.stringMatching(/^@stoplight\/prism-http 5\.16\.0 \(Apache-2\.0\)\s+Apache License/),
  );
  expect(sections).toContainEqual(expect.stringMatching(/^fp-ts 2\.13\.1 \(MIT\)\s+MIT License/));
  const permission =
    /Permission is hereby granted|Permission to use, copy|Redistribution and use|Apache License|CC0|PSF/;
  expect(sections.filter((section) => !permission.test(section)).map((section) => section.slice(0, 80))).toEqual([]);
});

test('its types compile with skipLibCheck: false', () => {
  writeFileSync(
    join(outside, 'user.ts'),
    `import { createMock, startMock } from '@didit-data/mock';
     await using mock = await startMock({ port: 0 });
     export const url: string = mock.url;
     // @ts-expect-error the port is a number
     createMock({ port: '0' });`,
  );
  const options = '--noEmit --strict --skipLibCheck false --module nodenext --target esnext --types node --typeRoots';
  const types = join(root, 'node_modules/@types');
  run(join(root, 'node_modules/.bin/tsc'), [...options.split(' '), types, 'user.ts'], outside);
});

test('a dynamic answer of Prism, and nothing on standard error', () => {
  const program = `
    import { createMock } from '@didit-data/mock';
    const { fetch, url, clientSecret } = await createMock();
    const headers = { 'x-api-key': clientSecret, prefer: 'code=200, dynamic=true, seed=1' };
    const { status } = await fetch(url + '/auth/v2/session/some/decision/', { headers });
    if (status !== 200) throw new Error('answered ' + status);`;
  expect(run(process.execPath, ['--input-type=module', '--throw-deprecation', '-e', program], outside)).toBe('');
});

test('the command starts and ends', async () => {
  const command = join(modules, '.bin/didit-data-mock');
  const child = spawn(process.execPath, ['--throw-deprecation', command, '--port', '0', '--json'], { cwd: outside });
  const [line] = await once(child.stdout, 'data');
  expect(JSON.parse(String(line))).toMatchObject({ event: 'listening' });
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

function run(command: string, args: string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
