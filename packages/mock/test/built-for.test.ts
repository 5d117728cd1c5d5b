import { execFile } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const own = fileURLToPath(new URL('..', import.meta.url));
const contract = createRequire(import.meta.url).resolve('@didit-data/openapi/didit-data.yaml');
const run = promisify(execFile);

let folder: string;
let installed: string;

/** Installs the built package and a contract, like a package manager. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'didit-mock-'));
  const modules = join(folder, 'node_modules');
  const openapi = join(modules, '@didit-data/openapi');
  mkdirSync(openapi, { recursive: true });
  cpSync(dirname(contract), openapi, { recursive: true, filter: (path) => !path.includes('node_modules') });
  cpSync(join(own, 'dist'), join(modules, '@didit-data/mock/dist'), { recursive: true });
  cpSync(join(own, 'package.json'), join(modules, '@didit-data/mock/package.json'));
  symlinkSync(join(own, 'node_modules/@stoplight'), join(modules, '@stoplight'));
  installed = join(openapi, 'didit-data.yaml');
  writeFileSync(
    join(folder, 'start.mjs'),
    `import { createMock } from '@didit-data/mock';
     await createMock(process.argv[2] ? { contract: process.argv[2] } : {}).then(
       () => console.log('started'),
       (error) => console.log(error.name + ': ' + error.message),
     );`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the built mock starts with its own contract, and refuses another one unless it is named', async () => {
  expect(await start()).toBe('started\n');
  appendFileSync(installed, '# changed\n');
  const message = await start();
  expect(message).toMatch(
    /^MockContractError: .*SHA-256 \w{12}….*not the one.*built for \(SHA-256 \w{12}….*--contract/,
  );
  expect(message).toContain(installed);
  expect(await start(installed)).toBe('started\n');
});

test('contractVersion is the version that the mock was built for, not the installed one', async () => {
  const manifest = join(dirname(installed), 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(`"version": "${version}"`, '"version": "99.0.0"'));
  writeFileSync(join(folder, 'version.mjs'), "console.log((await import('@didit-data/mock')).contractVersion);");
  expect((await run(process.execPath, ['version.mjs'], { cwd: folder })).stdout).toBe(`${version}\n`);
});

async function start(...args: string[]) {
  return (await run(process.execPath, ['start.mjs', ...args], { cwd: folder })).stdout;
}
