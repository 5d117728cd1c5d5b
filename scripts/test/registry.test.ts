import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { execute } from '../execute.ts';
import { RegistryError } from '../registry/registry-error.ts';
import { type Registry, startRegistry } from '../registry.ts';
import { temporaryFolder } from './temporary-folder.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry?.[Symbol.asyncDispose]());

async function newPackage(name: string, version: string): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version, license: 'MIT' }));
  return folder;
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

describe('a registry', () => {
  test('gives npm and pnpm what was published, by version and by tag', async () => {
    await registry.publish(await newPackage('@didit-data/twice', '0.1.0'));
    await registry.publish(await newPackage('@didit-data/twice', '0.2.0-rc.1'), { tag: 'next' });
    const wanted = { npm: ['install', '@didit-data/twice@next'], pnpm: ['add', '@didit-data/twice'] };
    const installed: string[] = [];
    for (const [manager, args] of Object.entries(wanted)) {
      const cwd = await temporaryFolder();
      await writeFile(join(cwd, 'package.json'), '{}');
      expect(await execute(manager, args, { cwd, env: registry.environment })).toMatchObject({ code: 0 });
      installed.push(
        JSON.parse(await readFile(join(cwd, 'node_modules/@didit-data/twice/package.json'), 'utf8')).version,
      );
    }
    expect(installed).toEqual(['0.2.0-rc.1', '0.1.0']);
  });

  test('refuses a version that is there already, and says what to do', async () => {
    const folder = await newPackage('@didit-data/once', '0.1.0');
    await registry.publish(folder);
    const error = await registry.publish(folder).catch((reason) => reason);
    expect(error).toBeInstanceOf(RegistryError);
    expect(error.message).toMatch(/@?.+ at http:\/\/127\.0\.0\.1:\d+ failed: that version is there already/);
    expect(error.message).toContain('pnpm version-packages');
  });

  test('refuses who is not logged in', async () => {
    const cwd = await newPackage('@didit-data/stranger', '0.1.0');
    const npmrc = join(cwd, 'npmrc');
    const token = `${registry.url.replace('http:', '')}/:_authToken=`;
    await writeFile(npmrc, (await readFile(registry.npmrc, 'utf8')).replace(new RegExp(`${token}.*`), `${token}wrong`));
    const { code, output } = await execute('npm', ['publish', '--userconfig', npmrc], { cwd });
    expect(code).not.toBe(0);
    expect(new RegistryError('publishing', registry.url, output).message).toContain('trusted publisher');
  });

  test('that refuses to be read is not said to refuse a publication', () => {
    for (const code of ['E401', 'E403']) {
      const output = `npm error code ${code}\nnpm error ${code.slice(1)} GET http://registry.example/x`;
      const { message } = new RegistryError('asking', 'http://registry.example', output, 'read');
      expect(message).toMatch(/^asking at http:\/\/registry\.example failed: the registry lets nobody read it/);
      expect(message).not.toContain('publish');
    }
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
    const { output } = await execute('npm', ['view', '@didit-data/x', '--fetch-retries=0', `--registry=${gone.url}`], {
      cwd: tmpdir(),
    });
    expect(new RegistryError('asking', gone.url, output).message).toContain('is not there: start it, or mend');
  });

  test('ends with the process that started it, even when that one is killed', async () => {
    const module = JSON.stringify(fileURLToPath(new URL('../registry.ts', import.meta.url)));
    const program = `const { startRegistry } = await import(${module}); console.log((await startRegistry()).npmrc);`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', program]);
    const [npmrc] = await once(parent.stdout.setEncoding('utf8'), 'data');
    const folder = dirname(npmrc.trim());
    expect(await isThere(folder)).toBe(true);
    parent.kill('SIGKILL');
    for (let tries = 0; tries < 100 && (await isThere(folder)); tries += 1) await sleep(50);
    expect(await isThere(folder)).toBe(false);
  });
});

describe('its user config', () => {
  const spellings = ['npm_config_userconfig', 'NPM_CONFIG_USERCONFIG'];

  test.each(spellings)('keeps the config named in %s', async (variable) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'own'), '@didit-data:registry=http://127.0.0.1:1/\nfund=false\n[section]\nx=y\n');
    // npm, when it runs this, sets the one in lower case.
    for (const either of spellings) vi.stubEnv(either, either === variable ? join(folder, 'own') : undefined);
    onTestFinished(() => void vi.unstubAllEnvs());
    await using own = await startRegistry();
    const asked = (key: string) => execute('npm', ['config', 'get', key], { cwd: folder, env: own.environment });
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
