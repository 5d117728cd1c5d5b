import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustExecute } from '../execute.ts';

const changelogs = ['openapi/CHANGELOG.md', 'packages/*/CHANGELOG.md'];

/**
 * Finds the commit of the last release: the last one that wrote a version into a changelog.
 *
 * @returns the commit's hash; nothing when there has been no release
 * @throws Error when the history is cut off, so that one cannot tell
 */
export async function findLastRelease(repository: string): Promise<string | undefined> {
  if (!(await hasReleases(repository))) return undefined; // which no history could change
  const git = (...args: readonly string[]) => mustExecute('git', args, { cwd: repository });
  if ((await git('rev-parse', '--is-shallow-repository')).trim() === 'true') {
    throw new Error('The history is cut off, so the last release cannot be found. Run: git fetch --unshallow');
  }
  const commit = await git('log', '-1', '--format=%H', '-G', '^## [0-9]', '--', ...changelogs);
  return commit.trim() || undefined;
}

async function hasReleases(repository: string): Promise<boolean> {
  for await (const file of glob(changelogs, { cwd: repository })) {
    if (/^## [0-9]/m.test(await readFile(join(repository, file), 'utf8'))) return true;
  }
  return false;
}
