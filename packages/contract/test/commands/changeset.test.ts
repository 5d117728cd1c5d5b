import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { edits } from '../support/edits.ts';
import { createReleased } from '../support/release.ts';
import type { Workspace } from '../support/workspace.ts';

const own = /^\.changeset\/contract-[0-9a-f]{7}\.md$/;

let workspace: Workspace;
let released: string;
beforeAll(async () => {
  workspace = await createReleased('0.1.0');
  released = await workspace.git('rev-parse', 'HEAD');
});
afterEach(async () => {
  await workspace.git('reset', '--quiet', '--hard', released);
  await workspace.restore();
});
afterAll(() => workspace.remove());

test('is one file that each run brings up to date, and that goes when the edit goes', async () => {
  await apply('field added');
  expect(await workspace.expectContract('changeset')).toMatch(
    /^Wrote \.changeset\/contract-\w{7}\.md:\n {2}@didit-data\/openapi patch \(0\.1\.1\)/,
  );
  const [file = ''] = await ownFiles();
  const first = await workspace.read(file);
  expect(first).toContain("'@didit-data/client': patch\n");

  expect(await workspace.expectContract('changeset')).toContain(`${file} says what has changed since 0.1.0`);
  expect(await workspace.read(file)).toBe(first);

  await apply('field made nullable');
  expect(await workspace.expectContract('changeset')).toContain('@didit-data/client minor (0.2.0)');
  expect(await ownFiles()).toEqual([file]);
  expect(await workspace.read(file)).toContain("'@didit-data/client': minor\n");

  await workspace.expectContract('changeset', '--check');

  await workspace.git('checkout', '--quiet', '--', 'openapi');
  expect(await workspace.expectContract('changeset')).toContain(`Removed ${file}`);
  expect(await workspace.changed()).toEqual([]);
  expect(await workspace.expectContract('changeset')).toContain('no changeset is needed');
});

describe('--check', () => {
  test('passes while the contract is the released one', async () => {
    expect(await workspace.expectContract('changeset', '--check')).toContain('cover what has changed since 0.1.0');
  });

  test('fails without a changeset and with one that is too small, and names the command that mends it', async () => {
    await apply('field made nullable');
    const missing = await workspace.contract('changeset', '--check');
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('@didit-data/mock share one version. It needs minor, and no changeset names one');
    expect(missing.stderr).toMatch(/openapi\/didit-data\.yaml:\d+: Session\.session_token: Type of/);
    expect(missing.stderr).toContain('Run: pnpm contract changeset');

    const file = '.changeset/by-hand.md';
    const by = (bump: string) =>
      `---\n'@didit-data/token-store-redis': minor\n'@didit-data/mock': ${bump}\n---\n\nNullable.\n`;
    await workspace.write(file, by('patch'));
    const small = await workspace.contract('changeset', '--check');
    expect(small.code).toBe(1);
    expect(small.stderr).toContain(`It needs minor, and ${file}:3 asks for patch.`);
    expect(await workspace.changed()).toEqual([' M openapi/didit-data.yaml', `?? ${file}`]);

    await workspace.write(file, by('minor'));
    await workspace.expectContract('changeset', '--check');
  });

  test('counts nothing that changesets passes over', async () => {
    await apply('field made nullable');
    const all =
      "---\n'@didit-data/openapi': minor\n'@didit-data/client': minor\n'@didit-data/mock': minor\n---\n\nNullable.\n";
    for (const name of ['.hidden.md', 'readme.md', 'AGENTS.md', 'CLAUDE.md'])
      await workspace.write(`.changeset/${name}`, all);
    expect((await workspace.contract('changeset', '--check')).code).toBe(1);
    await workspace.write('.changeset/agents-of-change.md', all);
    await workspace.expectContract('changeset', '--check');
    expect(await workspace.expectContract('changeset'), 'nothing is said twice').toContain('The changesets cover');
    expect(await ownFiles()).toEqual([]);
  });

  test('sees what is changed in the very commit that raises the version, and a version that nobody released', async () => {
    await apply('field made nullable');
    await workspace.edit('openapi/package.json', '"version": "0.1.0"', '"version": "0.1.1"');
    await workspace.expectContract('stamp');
    expect((await workspace.contract('changeset', '--check')).code).toBe(1);
    await workspace.commit('Release 0.1.1, and something else');
    const { code, stderr } = await workspace.contract('changeset', '--check');
    expect(code).toBe(1);
    expect(stderr).toContain('do not cover what has changed since 0.1.1');
    expect(stderr).toContain('Session.session_token');
  });

  test("fails when the client's own API breaks the last release's examples, though the contract is the same", async () => {
    await renameClientFromEnv();
    const { code, stderr } = await workspace.contract('changeset', '--check');
    expect(code).toBe(1);
    expect(stderr).toContain('It needs minor, and no changeset names one of them.');
    expect(stderr).toMatch(
      /packages\/client\/examples\/first-decision\.ts:2: Module .* has no exported member 'clientFromEnv'/,
    );
  });
});

describe('code that used the last release', () => {
  const examples = 'packages/client/examples';
  const typeBreaks = async () => JSON.parse(await workspace.expectContract('diff', '--json')).typeBreaks;

  test("is that of the client's own last release, which may be newer than the contract's", async () => {
    await renameClientFromEnv();
    for (const name of await workspace.list(examples)) {
      const text = await workspace.read(`${examples}/${name}`);
      await workspace.write(`${examples}/${name}`, text.replaceAll('clientFromEnv', 'fromEnvironment'));
    }
    await workspace.edit('packages/client/package.json', '"version": "0.1.0"', '"version": "0.2.0"');
    await workspace.commit('Release the client alone');
    await apply('field added');
    expect(await typeBreaks()).toEqual([]);
  });

  test('breaks nowhere where it did not compile at the release either', async () => {
    const broken = `${examples}/broken.ts`;
    const wrong = "export const wrong: number = 'text';\n";
    await workspace.write(broken, wrong);
    await workspace.edit('packages/client/package.json', '"version": "0.1.0"', '"version": "0.1.1"');
    await workspace.commit('Release the client with an example that is wrong');
    await apply('field added');
    expect(await typeBreaks()).toEqual([]);
  });
});

describe('a changeset that cannot be used ends with file, line and remedy, and the tree stays as it was', () => {
  test.each([
    [
      'an unknown package',
      "---\n'@didit-data/openapi': minor\n'@didit-data/clint': minor\n---\n\nText.\n",
      '.changeset/bad.md:3: @didit-data/clint is not a package of this repository.',
      'Name one of @didit-data/client, ',
    ],
    [
      'a private package',
      "---\n'@didit-data/sample': minor\n---\n\nText.\n",
      '.changeset/bad.md:2: @didit-data/sample is private and never released.',
      'or remove the line',
    ],
    [
      'an unknown bump',
      "---\n'@didit-data/client': huge\n---\n\nText.\n",
      '.changeset/bad.md:1: could not parse changeset',
      'pnpm changeset',
    ],
    ['no front matter', 'Text.\n', '.changeset/bad.md:1: could not parse changeset', 'pnpm changeset'],
  ])('%s', async (_, text, place, remedy) => {
    await workspace.write('.changeset/bad.md', text);
    const { code, stderr } = await workspace.contract('changeset', '--check');
    expect(code).toBe(1);
    expect(stderr).toContain(place);
    expect(stderr).toContain(remedy);
    expect(await workspace.changed()).toEqual(['?? .changeset/bad.md']);
  });
});

test('versions, changelogs and the exported version follow from the changeset', async () => {
  await apply('field made nullable');
  await workspace.expectContract('generate');
  await workspace.expectContract('changeset');
  await workspace.commit('Edit the contract');
  await workspace.expectContract('clean-tree');
  const version = await workspace.run('node_modules/.bin/changeset', ['version']);
  expect(version.code, version.stderr).toBe(0);
  const [openapi, client, mock, redis] = await Promise.all(
    ['openapi', 'packages/client', 'packages/mock', 'packages/token-store-redis'].map(async (directory) =>
      JSON.parse(await workspace.read(`${directory}/package.json`)),
    ),
  );
  expect([openapi.version, client.version, mock.version]).toEqual(['0.2.0', '0.2.0', '0.2.0']);
  const before = JSON.parse(await workspace.git('show', 'HEAD:packages/token-store-redis/package.json'));
  expect(redis, 'what is not released stays as it is').toEqual(before);

  expect(await workspace.expectContract('stamp')).toBe('The contract is version 0.2.0.\n');
  await workspace.expectContract('generate');
  for (const directory of ['openapi', 'packages/client', 'packages/mock']) {
    const changelog = await workspace.read(`${directory}/CHANGELOG.md`);
    expect(changelog).toContain('## 0.2.0\n\n### Minor Changes\n');
    expect(changelog).toContain('**Breaking** for readers. `Session.session_token`');
  }
  expect(await workspace.read('packages/client/src/generated/contract.ts')).toContain(
    "contractVersion: string = '0.2.0'",
  );
  expect(await workspace.expectContract('changeset', '--check')).toContain('not committed yet');

  await workspace.commit('Release 0.2.0');
  expect(await workspace.expectContract('changeset', '--check')).toContain('since 0.2.0');
  expect(await workspace.expectContract('diff')).toMatch(/compared with 0\.2\.0 \(commit \w{7}\)[\s\S]*No difference/);
});

test('a change of one package raises the version that contract, client and mock share, and each changelog says why', async () => {
  await renameClientFromEnv();
  await workspace.expectContract('changeset');
  const [file = ''] = await ownFiles();
  expect(await workspace.read(file)).toMatch(/^---\n'@didit-data\/client': minor\n---\n/);
  await workspace.commit('Rename a function');
  const { code, stderr } = await workspace.run('node_modules/.bin/changeset', ['version']);
  expect(code, stderr).toBe(0);
  for (const directory of ['openapi', 'packages/client', 'packages/mock']) {
    expect(JSON.parse(await workspace.read(`${directory}/package.json`)).version, directory).toBe('0.2.0');
  }
  const changelog = (directory: string) => workspace.read(`${directory}/CHANGELOG.md`);
  expect(await changelog('packages/client')).toContain('**Breaking** in TypeScript. ');
  expect(await changelog('openapi')).toContain('## 0.2.0\n\nNo changes in this release.');
  expect(await changelog('packages/mock')).toContain('- @didit-data/openapi@0.2.0');
});

test('versions are not raised in a tree with changes that are not committed', async () => {
  await workspace.write('notes.txt', 'mine\n');
  const { code, stderr } = await workspace.contract('clean-tree');
  expect(code).toBe(1);
  expect(stderr).toContain('?? notes.txt');
  expect(stderr).toContain('git stash');
  const { scripts } = JSON.parse(await workspace.read('package.json'));
  expect(scripts['version-packages']).toMatch(
    /^node packages\/contract\/src\/cli\.ts clean-tree && .* check && .* changeset --check && changeset version/,
  );
});

async function apply(name: string) {
  const edit = edits.find((edit) => edit.name === name);
  if (!edit) throw new Error(`no edit: ${name}`);
  for (const { file = 'openapi/didit-data.yaml', from, to } of edit.replacements) await workspace.edit(file, from, to);
}

async function renameClientFromEnv() {
  const source = 'packages/client/src';
  await workspace.edit(`${source}/env.ts`, 'export function clientFromEnv', 'export function fromEnvironment');
  await workspace.edit(`${source}/index.ts`, 'export { clientFromEnv }', 'export { fromEnvironment }');
}

async function ownFiles() {
  return (await workspace.changed()).map((line) => line.slice(3)).filter((file) => own.test(file));
}
