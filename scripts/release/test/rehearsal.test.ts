import { cp, mkdtempDisposable, readdir, readFile, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inc, satisfies } from 'semver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runtime, runtimeFile } from '../../../packages/client/test/support/outside.ts';
import { runtimes, smokeOn, smokeOnWorkerd, smokeResult } from '../../../packages/client/test/support/runtimes.ts';
import { type Settings, startStage } from '../../../packages/client/test/support/stage.ts';
import { execute, mustExecute, root } from '../../execute.ts';
import { type Registry, startRegistry } from '../../registry.ts';
import { type Consumer, makeConsumer } from '../consumer.ts';
import { addedField, type Copy, copyRepository, type Edition, git, type Manifest, treeOf } from '../edition.ts';

const client = '@didit-data/client';
const mock = '@didit-data/mock';
const store = '@didit-data/token-store-redis';

/** What a registry answers about a package. */
interface Packument {
  readonly versions: Readonly<Record<string, Manifest>>;
}

const stack = new AsyncDisposableStack();
let directory: string;
let registry: Registry;
let copy: Copy;
let consumers: Readonly<Record<'npm' | 'pnpm', Consumer>>;
let last: Edition;
let additive: Edition;
let breaking: Edition;

beforeAll(async () => {
  directory = stack.use(await mkdtempDisposable(join(tmpdir(), 'didit release '))).path;
  registry = stack.use(await startRegistry());
  copy = await copyRepository(join(directory, 'copy'));
  consumers = {
    npm: await makeConsumer('npm', join(directory, 'with npm'), registry),
    pnpm: await makeConsumer('pnpm', join(directory, 'with pnpm'), registry),
  };
});
afterAll(() => stack.disposeAsync());

function versionIn({ packages }: Edition, name: string): string {
  return packages.get(name)?.version ?? '';
}

describe('the last version', () => {
  beforeAll(async () => {
    await copy.makeLast();
    last = await copy.publish('last', registry);
    const ranges = Object.fromEntries([client, mock].map((name) => [name, `^${versionIn(last, name)}`]));
    await Promise.all(Object.values(consumers).map((consumer) => consumer.install(ranges)));
  });

  test.each(['npm', 'pnpm'] as const)('is what %s installs, before there is another', async (manager) => {
    const { installed, directory } = consumers[manager];
    expect([await installed(client), await installed(mock)]).toEqual([versionIn(last, client), versionIn(last, mock)]);
    expect(await typesOf(directory)).not.toContain(addedField);
  });
});

describe('the version with a field more', () => {
  beforeAll(async () => {
    await copy.makeAdditive();
    additive = await copy.publish('additive', registry);
    await Promise.all(Object.values(consumers).map(({ update }) => update(client, mock)));
  });

  test('is one for contract, client and mock, and no other than theirs is published', async () => {
    const version = versionIn(last, client);
    const next = inc(version, version.startsWith('0.') ? 'patch' : 'minor');
    for (const name of ['@didit-data/openapi', client, mock]) expect(versionIn(additive, name), name).toBe(next);
    expect(versionIn(additive, store)).toBe(versionIn(last, store));
    const tarballs = await readdir(join(additive.packed, 'packages'));
    expect(tarballs).toContain(`didit-data-client-${next}.tgz`);
    expect(tarballs.join()).not.toContain('token-store-redis');
  });

  test.each(['npm', 'pnpm'] as const)('reaches a range with ^ through %s update', async (manager) => {
    const { installed, directory } = consumers[manager];
    expect(await installed(client)).toBe(versionIn(additive, client));
    expect(await installed(mock)).toBe(versionIn(additive, mock));
    expect(await typesOf(directory)).toContain(`${addedField}?: string;`);
  });
});

describe('the version that breaks', () => {
  beforeAll(async () => {
    await copy.makeBreaking();
    breaking = await copy.publish('breaking', registry);
  });

  test('is out of reach of a range with ^', () => {
    for (const { name, version } of last.packages.values()) {
      expect(versionIn(breaking, name), name).toBe(inc(version, version.startsWith('0.') ? 'minor' : 'major'));
      expect(satisfies(versionIn(breaking, name), `^${version}`), name).toBe(false);
    }
  });

  test('suits the token store, as every client does up to now', () => {
    for (const { packages } of [last, additive, breaking]) {
      const range = packages.get(store)?.peerDependencies?.[client] ?? '';
      for (const version of ['0.0.0', packages.get(client)?.version ?? '']) {
        expect(satisfies(version, range), `${version} in ${range}`).toBe(true);
      }
    }
  });

  test('holds exactly the files on record', async () => {
    for (const { name, version } of breaking.packages.values()) {
      const short = name.replace('@didit-data/', '');
      const tarball = `packages/didit-data-${short}-${version}.tgz`;
      const files = (await mustExecute('tar', ['-tzf', tarball], { cwd: breaking.packed })).trim().split('\n');
      const sorted = files.map((path) => path.replace('package/', '')).sort();
      await expect(`${sorted.join('\n')}\n`, name).toMatchFileSnapshot(`files/${short}.txt`);
    }
  });

  test('is in the registry as the manifests say', async () => {
    const fields = ({ name, version, engines, exports, peerDependencies }: Manifest) =>
      JSON.stringify({ name, version, engines, exports, peerDependencies });
    for (const manifest of breaking.packages.values()) {
      const { versions } = (await (await fetch(`${registry.url}/${manifest.name}`)).json()) as Packument;
      const shown = versions[manifest.version];
      expect(shown && fields(shown)).toBe(fields(manifest));
      expect(JSON.stringify(shown?.dependencies ?? {})).not.toContain('workspace:');
    }
  });

  test('has its tags', async () => {
    const tags = [...breaking.packages.values()].map(({ name, version }) => `${name}@${version}`);
    expect((await git(copy.directory, 'tag', '--points-at', 'HEAD')).trim().split('\n').sort()).toEqual(tags.sort());
  });

  test.concurrent('installs from its tarballs in an empty directory with npm on Node 20, without a conflict of peers', async () => {
    await using empty = await mkdtempDisposable(join(tmpdir(), 'didit empty '));
    const env = { PATH: `${dirname(runtime('node-20', 'bin/node'))}:${process.env.PATH}` };
    const must = (command: string, ...args: readonly string[]) => mustExecute(command, args, { cwd: empty.path, env });
    const packages = join(breaking.packed, 'packages');
    const tarballs = (await readdir(packages)).map((name) => join(packages, name));
    await must('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs);
    await must('npm', 'ls');
    const program = `import { createClient } from '${client}'; import { redisTokenStore } from '${store}';
      console.log(process.version, typeof createClient, typeof redisTokenStore);`;
    expect(await must('node', '--input-type=module', '--eval', program)).toMatch(/^v20\S+ function function\n$/);
  });

  test.concurrent('passes the smoke program on every runtime', async () => {
    const { directory, install } = consumers.pnpm;
    await install({ [client]: versionIn(breaking, client), [mock]: versionIn(breaking, mock) });
    const printed = await smokeIn(directory, [...runtimes.map(({ name }) => name), 'workerd']);
    for (const [name, result] of Object.entries(printed)) expect(result, name).toEqual(smokeResult);
  });

  test.concurrent('has a mock that the last client gets on with', async () => {
    const { directory, install, installed } = consumers.npm;
    await install({ [client]: versionIn(last, client), [mock]: versionIn(breaking, mock) });
    expect([await installed(client), await installed(mock)]).toEqual([
      versionIn(last, client),
      versionIn(breaking, mock),
    ]);
    expect(await smokeIn(directory, ['Node 24'])).toEqual({ 'Node 24': smokeResult });
  });

  // A release is tested on the commit that raises the versions, which nobody sees before it is there. So the checks and
  // tests that look at versions, changelogs or changesets run on such a commit here.
  test.concurrent.each([
    ['the public API', 'scripts/api-report.ts --check'],
    ['the generated code', 'packages/contract/src/cli.ts check'],
    ['the changesets', 'packages/contract/src/cli.ts changeset --check'],
  ])('passes a check on the commit that raises it: %s', async (_, line) => {
    await mustExecute('node', line.split(' '), { cwd: copy.directory });
  });

  test.concurrent.each([
    ['the contract', 'packages/contract', ['compare', '-t', 'the version of a contract'], 1],
    ['the packed client', 'packages/client', ['packed'], 3],
  ])('passes tests on the commit that raises it: %s', async (_, cwd, args, count) => {
    await symlink(runtimeFile(''), join(copy.directory, 'scripts/runtimes/node_modules')).catch(() => {}); // it is there
    const { output } = await execute('vitest', ['run', ...args], {
      cwd: join(copy.directory, cwd),
      timeoutMs: 170_000,
    });
    const report = await readFile(join(copy.directory, cwd, 'reports/vitest.json'), 'utf8').catch(() => '{}');
    const { numPassedTests, numFailedTests } = JSON.parse(report);
    expect({ numPassedTests, numFailedTests }, output).toEqual({ numPassedTests: count, numFailedTests: 0 });
  });
});

test('the working tree is as it was', async () => {
  expect(await treeOf(root, copy.directory)).toBe(copy.tree);
});

/** Runs the smoke program on runtimes, one after the other, with the client and the mock that a directory has installed. */
async function smokeIn(directory: string, names: readonly string[]): Promise<Record<string, unknown>> {
  await cp(join(root, 'packages/client/test/programs'), directory, { recursive: true });
  const installed = pathToFileURL(join(directory, 'node_modules', mock, 'dist/index.js')).href;
  const { startMock } = await import(/* @vite-ignore */ installed);
  const printed: Record<string, unknown> = {};
  for (const name of names) {
    await using stage = await startStage({ start: startMock });
    printed[name] = await smoke(name, directory, stage.settings).catch(String);
  }
  return printed;
}

function smoke(name: string, directory: string, settings: Settings): Promise<unknown> {
  const program = runtimes.find((one) => one.name === name);
  return program ? smokeOn(program, directory, settings) : smokeOnWorkerd(directory, settings);
}

/** The types of the client that a directory has installed. */
async function typesOf(directory: string): Promise<string> {
  const dist = join(directory, 'node_modules', client, 'dist');
  const files = (await readdir(dist)).filter((name) => name.endsWith('.d.ts'));
  return (await Promise.all(files.map((name) => readFile(join(dist, name), 'utf8')))).join('\n');
}
