import { expect, test } from 'vitest';
import { planRelease } from '../release/plan.ts';
import { ReleaseError } from '../release/release-error.ts';
import { makeSmallRepository, type SmallRepository } from './small-repository.ts';

const changeset = "---\n'@didit-data/client': minor\n---\n\nMore.\n";

async function raise({ write, commit }: SmallRepository, version: string): Promise<string> {
  await write('packages/client/package.json', JSON.stringify({ name: '@didit-data/client', version }));
  return commit(`Version ${version}`);
}

test('where changesets wait they become versions; the README of their folder is none', async () => {
  const { folder, write, commit } = await makeSmallRepository();
  await write('.changeset/README.md', 'What this is.');
  await commit('Explain');
  expect(await planRelease({ repository: folder })).toBe('nothing');
  await write('.changeset/brave-cats.md', changeset);
  expect(await planRelease({ repository: folder })).toBe('version');
});

test('a push that raises a version is published, whichever of its commits did that, and no later one', async () => {
  const small = await makeSmallRepository();
  const before = (await small.git('rev-parse', 'HEAD')).trim();
  await raise(small, '0.2.0');
  expect(await planRelease({ repository: small.folder })).toBe('publish');
  await small.write('notes.txt', 'more');
  const later = await small.commit('Go on');
  expect(await planRelease({ repository: small.folder, before })).toBe('publish');
  expect(await planRelease({ repository: small.folder })).toBe('nothing');
  const gone = '0'.repeat(40); // what the host says of a branch that is new
  expect(await planRelease({ repository: small.folder, before: gone })).toBe('nothing');
  expect(await planRelease({ repository: small.folder, before: later })).toBe('nothing');
});

test('a merge counts as what it brings to the main line', async () => {
  const small = await makeSmallRepository();
  await small.git('checkout', '--quiet', '-b', 'versions');
  await raise(small, '0.2.0');
  await small.git('checkout', '--quiet', 'main');
  await small.git('merge', '--quiet', '--no-ff', '--message=Merge', 'versions');
  expect(await planRelease({ repository: small.folder })).toBe('publish');
});

test('the repository of the packages is asked for when a release is near, before anything is tested', async () => {
  const small = await makeSmallRepository();
  const hostedAt = 'https://code.example/owner/name';
  await small.write('notes.txt', 'more');
  await small.commit('Go on');
  expect(await planRelease({ repository: small.folder, hostedAt })).toBe('nothing');
  await small.write('.changeset/brave-cats.md', changeset);
  const planned = planRelease({ repository: small.folder, hostedAt });
  await expect(planned).rejects.toThrow(ReleaseError);
  await expect(planned).rejects.toThrow(
    'packages/client/package.json: "repository": { "type": "git", "url": "git+https://code.example/owner/name.git",' +
      ' "directory": "packages/client" }',
  );
  for (const [path, name] of [
    ['openapi', 'openapi'],
    ['packages/client', 'client'],
  ]) {
    const repository = { type: 'git', url: `git+${hostedAt}.git`, directory: path };
    const manifest = { name: `@didit-data/${name}`, version: '0.1.0', repository };
    await small.write(`${path}/package.json`, JSON.stringify(manifest));
  }
  expect(await planRelease({ repository: small.folder, hostedAt })).toBe('version');
});
