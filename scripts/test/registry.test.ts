import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { execute } from '../execute.ts';
import { type Registry, startRegistry } from '../registry.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry?.[Symbol.asyncDispose]());

async function newPackage(name: string, version: string): Promise<string> {
  const directory = await temporaryFolder();
  await writeFile(join(directory, 'package.json'), JSON.stringify({ name, version, license: 'MIT' }));
  return directory;
}

/** A directory that is removed when the test that asks for it ends. */
async function temporaryFolder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'didit scripts test '));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

describe('a registry', () => {
  test('gives npm and pnpm what was published', async () => {
    await registry.publish(await newPackage('@didit-data/twice', '0.1.0'));
    await registry.publish(await newPackage('@didit-data/twice', '0.2.0'));
    const wanted = { npm: ['install', '@didit-data/twice@0.1.0'], pnpm: ['add', '@didit-data/twice@^0.2.0'] };
    const installed: string[] = [];
    for (const [manager, args] of Object.entries(wanted)) {
      const cwd = await temporaryFolder();
      await writeFile(join(cwd, 'package.json'), '{}');
      expect(await execute(manager, args, { cwd, env: registry.environment })).toMatchObject({ code: 0 });
      installed.push(
        JSON.parse(await readFile(join(cwd, 'node_modules/@didit-data/twice/package.json'), 'utf8')).version,
      );
    }
    expect(installed).toEqual(['0.1.0', '0.2.0']);
  });

  test('refuses a version that is there already, with the words of the package manager', async () => {
    const directory = await newPackage('@didit-data/once', '0.1.0');
    await registry.publish(directory);
    await expect(registry.publish(directory)).rejects.toThrow(/pnpm publish [\s\S]*(409|403|already|previously)/);
  });

  test('refuses who is not logged in', async () => {
    const cwd = await newPackage('@didit-data/stranger', '0.1.0');
    const npmrc = join(cwd, 'npmrc');
    const token = `${registry.url.replace('http:', '')}/:_authToken=`;
    await writeFile(npmrc, (await readFile(registry.npmrc, 'utf8')).replace(new RegExp(`${token}.*`), `${token}wrong`));
    const { code, output } = await execute('npm', ['publish', '--userconfig', npmrc], { cwd });
    expect(code).not.toBe(0);
    expect(output).toMatch(/E401|ENEEDAUTH/);
  });

  test('takes a package of no scope too, which must not reach the machine’s own registry', async () => {
    const name = 'a-package-outside-the-scope';
    await registry.publish(await newPackage(name, '0.1.0'));
    expect((await fetch(`${registry.url}/${name}`)).status).toBe(200);
  });

  test('that is gone is said to be gone', async () => {
    const gone = await startRegistry();
    await gone[Symbol.asyncDispose]();
    expect(await isThere(dirname(gone.npmrc))).toBe(false);
    await expect(fetch(gone.url)).rejects.toThrow();
  });

  test('ends with the process that started it, even when that one is killed', async () => {
    const module = JSON.stringify(fileURLToPath(new URL('../registry.ts', import.meta.url)));
    const program = `const { startRegistry } = await import(${module}); console.log((await startRegistry()).npmrc);`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', program]);
    const [npmrc] = await once(parent.stdout.setEncoding('utf8'), 'data');
    const directory = dirname(npmrc.trim());
    expect(await isThere(directory)).toBe(true);
    parent.kill('SIGKILL');
    for (let tries = 0; tries < 100 && (await isThere(directory)); tries += 1) await sleep(50);
    expect(await isThere(directory)).toBe(false);
  });
});

describe('its user config', () => {
  const spellings = ['npm_config_userconfig', 'NPM_CONFIG_USERCONFIG'];

  test.each(spellings)('keeps the config named in %s', async (variable) => {
    const directory = await temporaryFolder();
    await writeFile(join(directory, 'own'), '@didit-data:registry=http://127.0.0.1:1/\nfund=false\n[section]\nx=y\n');
    // npm, when it runs this, sets the one in lower case.
    for (const either of spellings) vi.stubEnv(either, either === variable ? join(directory, 'own') : undefined);
    onTestFinished(() => void vi.unstubAllEnvs());
    await using own = await startRegistry();
    const asked = (key: string) => execute('npm', ['config', 'get', key], { cwd: directory, env: own.environment });
    expect((await asked('fund')).stdout.trim()).toBe('false');
    expect((await asked('@didit-data:registry')).stdout.trim()).toBe(`${own.url}/`);
    expect((await asked('userconfig')).stdout.trim()).toBe(own.npmrc);
  });

  test('is made without a home', async () => {
    vi.stubEnv('HOME', '');
    onTestFinished(() => void vi.unstubAllEnvs());
    await using own = await startRegistry();
    expect(await readFile(own.npmrc, 'utf8')).toContain(`@didit-data:registry=${own.url}/`);
  });
});
