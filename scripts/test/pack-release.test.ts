import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Registry, startRegistry } from '../registry.ts';
import { packRelease, ReleaseError } from '../release/pack-release.ts';
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

test('refuses a package whose manifest names another repository than the one it is released from', async () => {
  const { folder } = await makeSmallRepository('0.5.0');
  await expect(pack(folder, registry.environment, 'https://code.example/owner/name')).rejects.toThrow(
    /openapi\/package\.json: repository\.url must be git\+https:\/\/code\.example\/owner\/name\.git/,
  );
});

test('says that the registry is not there', async () => {
  const { folder } = await makeSmallRepository('0.6.0');
  const gone = await startRegistry();
  await gone[Symbol.asyncDispose]();
  const environment = { 'npm_config_@didit-data:registry': gone.url };
  await expect(pack(folder, environment)).rejects.toThrow(
    /^asking whether @didit-data\/openapi@0\.6\.0 is there at the registry failed: the registry is not there: start it/,
  );
});
