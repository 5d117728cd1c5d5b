import { chmod, copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { changelogEntry } from '../release/changelog.ts';
import { ReleaseError } from '../release/release-error.ts';
import { tagRelease } from '../release/tag.ts';
import { makeSmallRepository } from './small-repository.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A repository whose client is at 0.2.0 since its last commit but one, and a host that knows no tag. */
async function makeReleased() {
  const bin = join(await temporaryFolder(), 'bin');
  await mkdir(bin);
  await copyFile(fileURLToPath(new URL('gh.mjs', import.meta.url)), join(bin, 'gh'));
  await chmod(join(bin, 'gh'), 0o755);
  const state = join(await temporaryFolder(), 'state');
  vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
  vi.stubEnv('GH_STATE', state);
  onTestFinished(() => void vi.unstubAllEnvs());

  const { folder, write, git, commit } = await makeSmallRepository('0.1.0');
  const first = (await git('rev-parse', 'HEAD')).trim();
  const client = { name: '@didit-data/client', version: '0.2.0', dependencies: { '@didit-data/openapi': '0.1.0' } };
  await write('openapi/CHANGELOG.md', '# Contract\n\n## 0.1.0\n\nFirst.\n');
  await write('packages/client/CHANGELOG.md', '# Client\n\n## 0.2.0\n\n- More.\n\n## 0.1.0\n\nFirst.\n');
  await write('packages/client/package.json', `${JSON.stringify(client, null, 2)}\n`);
  const second = await commit('Version');
  await write('notes.txt', 'more');
  await commit('Go on');
  const read = (name: string) =>
    readFile(
      join(
        state,
        name.replace(/ .*/, (text) => ` ${encodeURIComponent(text.slice(1))}`),
      ),
      'utf8',
    );
  return { repository: folder, first, second, read };
}

const hostedName = 'owner/name';

test('tags the commit that gave each package its version, with what its changelog says of it', async () => {
  const { repository, first, second, read } = await makeReleased();
  expect(await tagRelease({ repository, hostedName })).toEqual([
    `tag @didit-data/openapi@0.1.0 at ${first.slice(0, 7)}`,
    'release @didit-data/openapi@0.1.0',
    `tag @didit-data/client@0.2.0 at ${second.slice(0, 7)}`,
    'release @didit-data/client@0.2.0',
  ]);
  expect(await read('tag @didit-data/client@0.2.0')).toBe(second);
  expect(await read('release @didit-data/client@0.2.0')).toBe('- More.');
  expect(await tagRelease({ repository, hostedName })).toEqual([]);
});

test('a tag that cannot be made is told with what to do, and another attempt makes what is missing', async () => {
  const { repository, second } = await makeReleased();
  vi.stubEnv('GH_REFUSES', 'ref=refs/tags/@didit-data/client@');
  const tagged = tagRelease({ repository, hostedName });
  await expect(tagged).rejects.toThrow(ReleaseError);
  await expect(tagged).rejects.toThrow(`git tag @didit-data/client@0.2.0 ${second} && git push origin`);
  vi.stubEnv('GH_REFUSES', 'release create');
  await expect(tagRelease({ repository, hostedName })).rejects.toThrow(
    'The release @didit-data/client@0.2.0 could not',
  );
  vi.stubEnv('GH_REFUSES', '');
  expect(await tagRelease({ repository, hostedName })).toEqual(['release @didit-data/client@0.2.0']);
});

test('a host that does not answer is not taken for one that has no tag', async () => {
  const { repository } = await makeReleased();
  vi.stubEnv('GH_REFUSES', 'git/ref/tags');
  await expect(tagRelease({ repository, hostedName })).rejects.toThrow(/^looking for the tag .* failed:\ngh: Resource/);
});

test('a changelog’s entry is told apart from those whose version begins alike', () => {
  const text = '# A\n\n## 0.1.10\n\nTen.\n\n## 0.1.1\n\nOne.\n\n### Patch Changes\n\n- x\n\n## 0.1.0\n\nZero.\n';
  expect(changelogEntry(text, '0.1.1')).toBe('One.\n\n### Patch Changes\n\n- x');
  expect(changelogEntry(text, '9.9.9')).toBe('');
});
