import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ending, execute } from '../execute.ts';
import { commitAll, copyFiles, copyRepository } from '../release/copy.ts';
import { type Edition, installTools, makeEdition } from '../release/edition.ts';
import { findLastRelease } from '../release/last-release.ts';
import { readPackages } from '../release/packages.ts';
import { makeScratchFolder, type ScratchFolder } from '../release/scratch-folder.ts';
import { versionPackages, writeChangeset } from '../release/versions.ts';
import { root } from '../run.ts';

// A release is tested on the commit that raises the versions, which nobody sees before it is there. So those checks and
// tests that look at versions, changelogs or changesets run on it here. What has been released goes on to the next one.

let folder: ScratchFolder;
let edition: Edition;

beforeAll(async () => {
  folder = await makeScratchFolder('didit versioned ');
  const copy = join(folder.path, 'copy');
  await ((await findLastRelease(root)) ? copyRepository(root, copy) : copyFiles(root, copy));
  await installTools(copy);
  await symlink(join(root, 'scripts/runtimes/node_modules'), join(copy, 'scripts/runtimes/node_modules'));
  await writeChangeset(copy, 'breaking', await readPackages(copy)); // there may be none that waits
  await versionPackages(copy);
  await commitAll(copy, 'Version');
  edition = await makeEdition('versioned', copy);
}, 300_000);
afterAll(() => folder?.[Symbol.asyncDispose]());

const run = (cwd: string, command: string, ...args: readonly string[]): Promise<Ending> =>
  execute(command, args, { cwd: join(edition.repository, cwd), timeoutMs: 300_000 });

test.each([
  ['the public API', 'node scripts/api-report.ts --check'],
  ['the generated code', 'node packages/contract/src/cli.ts check'],
  ['the changesets', 'node packages/contract/src/cli.ts changeset --check'],
])('%s: a check passes on the commit of a release', async (_, line) => {
  const [command = '', ...args] = line.split(' ');
  const { code, output } = await run('.', command, ...args);
  expect(code, output).toBe(0);
});

test.each([
  ['the contract', 'packages/contract', ['workspace', 'compare', '-t', 'never released|the version of a contract'], 2],
  ['the packed client', 'packages/client', ['packed'], 3],
])('%s: tests pass on the commit of a release', { timeout: 300_000 }, async (_, cwd, args, count) => {
  const { output } = await run(cwd, 'vitest', 'run', ...args);
  const report = await readFile(join(edition.repository, cwd, 'reports/vitest.json'), 'utf8').catch(() => '{}');
  const { numPassedTests, numFailedTests } = JSON.parse(report);
  expect({ numPassedTests, numFailedTests }, output).toEqual({ numPassedTests: count, numFailedTests: 0 });
});
