import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Registry, startRegistry } from '../registry.ts';
import { packRelease } from '../release/pack-release.ts';
import { publishTarballs } from '../release/publish.ts';
import { ReleaseError } from '../release/release-error.ts';
import { makeSmallRepository, type SmallRepository } from './small-repository.ts';
import { temporaryFolder } from './temporary-folder.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry?.[Symbol.asyncDispose]());

async function pack({ folder: repository }: SmallRepository) {
  const folder = join(await temporaryFolder(), 'tarballs');
  const { environment } = registry;
  const tarballs = await packRelease({ repository, destination: folder, environment });
  return { folder, environment, files: tarballs.map(({ file }) => file) };
}

test('publishes what was packed', async () => {
  const small = await makeSmallRepository('0.1.0');
  expect(await publishTarballs(await pack(small))).toEqual([
    { specifier: '@didit-data/openapi@0.1.0', isNew: true },
    { specifier: '@didit-data/client@0.1.0', isNew: true },
  ]);
  expect((await pack(small)).files).toEqual([]);
});

test('goes on where an earlier attempt has ended, and can be repeated', async () => {
  const small = await makeSmallRepository('0.2.0');
  const packed = await pack(small);
  await registry.publish(packed.files[0] ?? '');
  expect(await publishTarballs(packed)).toEqual([
    { specifier: '@didit-data/openapi@0.2.0', isNew: false },
    { specifier: '@didit-data/client@0.2.0', isNew: true },
  ]);
  expect((await publishTarballs(packed)).map(({ isNew }) => isNew)).toEqual([false, false]);
});

test('publishes nothing when a version is there with other contents', async () => {
  const small = await makeSmallRepository('0.3.0');
  const packed = await pack(small);
  const other = await makeSmallRepository('0.3.0');
  await other.write('packages/client/more.txt', 'more');
  await other.commit('Change');
  const [, client = ''] = (await pack(other)).files;
  await registry.publish(client);
  const published = publishTarballs(packed);
  await expect(published).rejects.toThrow(ReleaseError);
  await expect(published).rejects.toThrow(
    `@didit-data/client@0.3.0 is at ${registry.url}/ already with other contents than this tarball`,
  );
  expect((await pack(small)).files.map((file) => file.replace(/.*\d\d-/, ''))).toEqual([
    'didit-data-openapi-0.3.0.tgz',
  ]);
});
