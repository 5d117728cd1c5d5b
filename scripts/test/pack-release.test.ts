import { readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Registry, startRegistry } from '../registry.ts';
import { packRelease } from '../release/pack-release.ts';
import { ReleaseError } from '../release/release-error.ts';
import { makeSmallRepository } from './small-repository.ts';
import { temporaryFolder } from './temporary-folder.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry?.[Symbol.asyncDispose]());

async function pack(repository: string, environment = registry.environment, hostedAt?: string) {
  const destination = join(await temporaryFolder(), 'tarballs');
  const tarballs = await packRelease({ repository, destination, environment, hostedAt });
  return tarballs.map(({ file }) => file);
}

test('packs what is not in the registry, in the order in which it can be published', async () => {
  const { folder } = await makeSmallRepository();
  const files = await pack(folder);
  expect(files.map((file) => basename(file))).toEqual([
    '01-didit-data-openapi-0.1.0.tgz',
    '02-didit-data-client-0.1.0.tgz',
  ]);
  const [openapi = '', client = ''] = files;
  await registry.publish(openapi);
  expect((await pack(folder)).map((file) => basename(file))).toEqual(['01-didit-data-client-0.1.0.tgz']);
  await registry.publish(client);
  expect(await pack(folder)).toEqual([]);
});

test('a version that is new to a package that is there is packed', async () => {
  const { folder } = await makeSmallRepository('0.2.0');
  expect(await pack(folder)).toHaveLength(2);
});

test('refuses a working tree with changes, names them and leaves them', async () => {
  const { folder, write, git } = await makeSmallRepository('0.3.0');
  await write('openapi/new.txt', 'new');
  await write('package.json', '{}\n');
  const before = await git('status', '--porcelain');
  const refused = pack(folder);
  await expect(refused).rejects.toThrow(ReleaseError);
  await expect(refused).rejects.toThrow(
    'The working tree has changes that are not committed. Commit or stash:\n M package.json\n?? openapi/new.txt',
  );
  expect(await git('status', '--porcelain')).toBe(before);
});

test('refuses changesets that have not become versions', async () => {
  const { folder, write, commit } = await makeSmallRepository('0.4.0');
  await write('.changeset/brave-cats.md', "---\n'@didit-data/client': minor\n---\n\nMore.\n");
  await commit('Change');
  await expect(pack(folder)).rejects.toThrow(
    '.changeset/brave-cats.md wait to become versions. Run pnpm version-packages',
  );
});

test('refuses packages that do not name the repository that they are released from, all at once', async () => {
  const { folder } = await makeSmallRepository('0.5.0');
  await expect(pack(folder, registry.environment, 'https://code.example/owner/name')).rejects.toThrow(
    /openapi\/package\.json: .*"url": "git\+https:\/\/code\.example\/owner\/name\.git".*\n {2}packages\/client\/package\.json: /,
  );
});

test('refuses a folder that holds something', async () => {
  const { folder } = await makeSmallRepository('0.5.1');
  const destination = await temporaryFolder();
  await writeFile(join(destination, '01-old-0.1.0.tgz'), '');
  await expect(packRelease({ repository: folder, destination, environment: registry.environment })).rejects.toThrow(
    'is not empty: it holds 01-old-0.1.0.tgz',
  );
  expect(await readdir(destination)).toEqual(['01-old-0.1.0.tgz']);
});

test('refuses a package that was not built, and leaves no tarball', async () => {
  const { folder, write, commit } = await makeSmallRepository('0.5.2');
  const manifest = {
    name: '@didit-data/client',
    version: '0.5.2',
    bin: { client: 'dist/cli.js' },
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './data/*': './data/*.json' },
  };
  await write('packages/client/package.json', JSON.stringify(manifest));
  await write('packages/client/dist/index.js', '');
  await commit('Change');
  const destination = join(await temporaryFolder(), 'tarballs');
  const packed = packRelease({ repository: folder, destination, environment: registry.environment });
  await expect(packed).rejects.toThrow(
    'The tarball of @didit-data/client lacks ./dist/index.d.ts, ./data/*.json, dist/cli.js, which its package.json names.' +
      ' Run pnpm build first.',
  );
  await expect(readdir(destination)).rejects.toThrow('ENOENT');

  await write('packages/client/dist/index.d.ts', '');
  await write('packages/client/dist/cli.js', '');
  await write('packages/client/data/one.json', '{}');
  await commit('Build');
  expect(await pack(folder)).toHaveLength(2);
});

test('says that the registry is not there', async () => {
  const { folder } = await makeSmallRepository('0.6.0');
  const gone = await startRegistry();
  await gone[Symbol.asyncDispose]();
  const environment = { 'npm_config_@didit-data:registry': gone.url };
  await expect(pack(folder, environment)).rejects.toThrow(
    `asking whether @didit-data/openapi@0.6.0 is there at ${gone.url} failed: the registry is not there: start it`,
  );
});
