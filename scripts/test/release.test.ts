import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mustExecute } from '../execute.ts';
import { contentOf, copyFiles, copyRepository, uncommittedChanges } from '../release/copy.ts';
import { findLastRelease } from '../release/last-release.ts';
import { readPackages } from '../release/packages.ts';
import { step } from '../release/step.ts';
import { bumpOf, writeChangeset } from '../release/versions.ts';
import { makeSmallRepository } from './small-repository.ts';
import { temporaryFolder } from './temporary-folder.ts';

test.each([
  ['additive', '0.1.0', 'patch'],
  ['breaking', '0.1.0', 'minor'],
  ['additive', '1.2.3', 'minor'],
  ['breaking', '1.2.3', 'major'],
] as const)('a change that is %s to %s is a %s', (change, version, bump) => {
  expect(bumpOf(change, version)).toBe(bump);
});

test('a changeset of the rehearsal names the published packages alone', async () => {
  const { folder } = await makeSmallRepository();
  await writeChangeset(folder, 'breaking', await readPackages(folder));
  const [file = ''] = (await readdir(join(folder, '.changeset'))).filter((name) => name.endsWith('.md'));
  expect(await readFile(join(folder, '.changeset', file), 'utf8')).toBe(
    "---\n'@didit-data/openapi': minor\n'@didit-data/client': minor\n---\n\nRehearses a release with a change that is breaking.\n",
  );
});

test('the last release is the last commit that wrote a version into a changelog', async () => {
  const { folder, write, commit } = await makeSmallRepository();
  expect(await findLastRelease(folder)).toBeUndefined();
  await write('packages/client/CHANGELOG.md', '# Client\n\n## 0.1.0\n\nFrist.\n');
  const released = await commit('Release');
  await write('packages/client/CHANGELOG.md', '# Client\n\n## 0.1.0\n\nFirst.\n');
  await commit('Mend a word');
  expect(await findLastRelease(folder)).toBe(released);
});

test('where the history is cut off the last release is not guessed', async () => {
  const { folder, write, commit } = await makeSmallRepository();
  const cut = async (name: string) => {
    const shallow = join(await temporaryFolder(), name);
    await mustExecute('git', ['clone', '--quiet', '--depth=1', `file://${folder}`, shallow], { cwd: folder });
    return shallow;
  };
  expect(await findLastRelease(await cut('unreleased'))).toBeUndefined();

  await write('packages/client/CHANGELOG.md', '# Client\n\n## 0.1.0\n');
  await commit('Release');
  await expect(findLastRelease(await cut('released'))).rejects.toThrow('git fetch --unshallow');
});

test('files are copied and compared without a git of their own', async () => {
  const { folder, write } = await makeSmallRepository();
  await write('node_modules/ignored', '');
  await rm(join(folder, '.git'), { recursive: true });
  const content = await contentOf(folder);
  const copy = join(await temporaryFolder(), 'copy');
  await copyFiles(folder, copy);
  expect(await contentOf(copy)).toBe(content);
  expect(await readdir(copy)).not.toContain('node_modules');
  expect(await findLastRelease(folder)).toBeUndefined();

  await write('new', '');
  expect(await contentOf(folder)).not.toBe(content);
});

test('a copy has what the working tree has, and the original stays as it is', async () => {
  const { folder, write, git } = await makeSmallRepository();
  await write('new', 'new');
  await write('openapi/package.json', '{"changed":true}');
  await write('node_modules/ignored', '');
  await rm(join(folder, 'packages/secret/package.json'));
  const before = await uncommittedChanges(folder);
  expect(before).toHaveLength(3);

  const copy = join(await temporaryFolder(), 'copy');
  await copyRepository(folder, copy);
  expect(await uncommittedChanges(copy)).toEqual(before);
  expect(await readFile(join(copy, 'openapi/package.json'), 'utf8')).toBe('{"changed":true}');
  expect(await readdir(copy)).not.toContain('node_modules');

  const clean = join(await temporaryFolder(), 'clean');
  await copyRepository(folder, clean, (await git('rev-parse', 'HEAD')).trim());
  expect(await uncommittedChanges(clean)).toEqual([]);
  expect(await uncommittedChanges(folder)).toEqual(before);
});

test('a step that fails names itself, the cause and the remedy', async () => {
  const failing = step('publish x', 'start the registry', () => Promise.reject(new Error('nobody answers')));
  await expect(failing).rejects.toThrow('publish x: failed.\nnobody answers\nWhat to do: start the registry');
  const outer = step('release', 'try again', () => step('publish x', 'start it', () => Promise.reject('no')));
  await expect(outer).rejects.toThrow('publish x: failed.\nno\nWhat to do: start it');
});
