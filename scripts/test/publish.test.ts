import { cp, mkdir, mkdtempDisposable, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { execute, mustExecute, root } from '../execute.ts';
import { type Registry, startRegistry } from '../registry.ts';

const stack = new AsyncDisposableStack();
let directory: string;
let registry: Registry;
beforeAll(async () => {
  directory = stack.use(await mkdtempDisposable(join(tmpdir(), 'didit publish '))).path;
  registry = stack.use(await startRegistry());
  // Alone: in the job that publishes, nothing is installed.
  await cp(join(root, 'scripts/release/publish.ts'), join(directory, 'publish.ts'));
});
afterAll(() => stack.disposeAsync());

/** Packs a workspace of two packages, of which the first in the alphabet depends on the second. @returns the directory */
async function pack(name: string, version: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const repository = join(directory, name);
  const manifest = (name: string, rest: object) => JSON.stringify({ name: `@didit-data/${name}`, version, ...rest });
  const files = {
    'package.json': '{ "private": true }',
    'pnpm-workspace.yaml': 'packages: ["packages/*"]',
    '.changeset/config.json': '{ "access": "public" }',
    'packages/openapi/package.json': manifest('openapi', {}),
    'packages/client/package.json': manifest('client', { dependencies: { '@didit-data/openapi': 'workspace:*' } }),
    ...more,
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(repository, path)), { recursive: true });
    await writeFile(join(repository, path), text);
  }
  const options = { cwd: repository, env: registry.environment };
  await mustExecute('pnpm', ['install', '--silent'], options);
  await mustExecute('changeset', ['pack', '--out-dir', 'packed'], options);
  return join(repository, 'packed');
}

const publish = (packed: string, env: Readonly<Record<string, string>> = registry.environment) =>
  execute('node', ['publish.ts', packed], { cwd: directory, env });
const npm = (...args: readonly string[]) => execute('npm', args, { cwd: directory, env: registry.environment });

test('publishes what was packed, continues where an attempt stopped, and leaves what is published alone', async () => {
  const packed = await pack('first', '0.1.0');
  expect((await readdir(join(packed, 'packages'))).sort()).toEqual([
    'didit-data-client-0.1.0.tgz',
    'didit-data-openapi-0.1.0.tgz',
  ]);
  expect(await npm('publish', join(packed, 'packages/didit-data-openapi-0.1.0.tgz'))).toMatchObject({ code: 0 });
  const second = await publish(packed);
  expect(second.code, second.output).toBe(0);
  expect(second.stdout).toContain('The registry has 1 of 2 packages already.');
  expect((await npm('view', '@didit-data/client', 'dependencies.@didit-data/openapi')).stdout).toBe('0.1.0\n');
  expect(await publish(packed)).toMatchObject({ code: 0, stdout: 'The registry has 2 of 2 packages already.\n' });
});

test('publishes nothing when a version is there with other contents, and says which', async () => {
  const packed = await pack('ours', '0.2.0');
  const other = await pack('theirs', '0.2.0', { 'packages/client/more.txt': 'more' });
  expect(await npm('publish', join(other, 'packages/didit-data-client-0.2.0.tgz'))).toMatchObject({ code: 0 });
  const { code, output } = await publish(packed);
  expect(code).toBe(1);
  expect(output).toContain('@didit-data/client@0.2.0 is published with other contents than ');
  expect((await npm('view', '@didit-data/openapi@0.2.0', 'version')).stdout).toBe('');
});

test('a registry that does not answer is not one that lacks the version', async () => {
  const packed = await pack('lost', '0.3.0');
  const gone = await startRegistry();
  await gone[Symbol.asyncDispose]();
  const { code, output } = await publish(packed, {
    'npm_config_@didit-data:registry': gone.url,
    npm_config_fetch_retries: '0',
  });
  expect(code).toBe(1);
  expect(output).toMatch(/^npm could not look up @didit-data\/(client|openapi)@0\.3\.0:/);
});

test('needs the directory', async () => {
  const { code, output } = await execute('node', ['publish.ts'], { cwd: directory });
  expect({ code, output }).toEqual({
    code: 2,
    output: 'Usage: node scripts/release/publish.ts <directory that changeset pack has written>\n',
  });
});
