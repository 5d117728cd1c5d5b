import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execute, mustExecute } from '../execute.ts';
import { changelogEntry } from './changelog.ts';
import { type PublishedPackage, readPackages, unreleased } from './packages.ts';
import { ReleaseError } from './release-error.ts';

export interface TagOptions {
  readonly repository: string;
  /** The hosted repository's name, as in `owner/name`. */
  readonly hostedName: string;
}

/**
 * Tags, for each package, the commit that gave it its version, and makes a page of that release. A tag or a page that
 * is there already is left alone, so this can be repeated, and makes up for what an earlier release has missed.
 *
 * @returns the tags and pages that were made
 * @throws ReleaseError when the host refuses, with what to do
 */
export async function tagRelease({ repository, hostedName }: TagOptions): Promise<string[]> {
  const made: string[] = [];
  const gh = (...args: readonly string[]) => execute('gh', args, { cwd: repository });
  for (const item of await readPackages(repository)) {
    if (item.version === unreleased) continue;
    const tag = `${item.name}@${item.version}`;
    const commit = await versionCommit(repository, item);
    // A release that makes its own tag needs rights that no workflow can have once workflow files differ from main's.
    const found = await gh('api', `repos/${hostedName}/git/ref/tags/${tag}`);
    if (isMissing(found, /HTTP 404/, `looking for the tag ${tag}`)) {
      const created = await gh(
        'api',
        `repos/${hostedName}/git/refs`,
        '-f',
        `ref=refs/tags/${tag}`,
        '-f',
        `sha=${commit}`,
      );
      if (created.code !== 0) {
        throw new ReleaseError(
          `${created.output.trim()}\nThe tag ${tag} could not be made. Make it yourself and run this job again:\n` +
            `  git tag ${tag} ${commit} && git push origin refs/tags/${tag}`,
        );
      }
      made.push(`tag ${tag} at ${commit.slice(0, 7)}`);
    }
    const page = await gh('release', 'view', tag, '--repo', hostedName);
    if (isMissing(page, /release not found|HTTP 404/, `looking for the release ${tag}`)) {
      const notes = changelogEntry(await readFile(join(item.directory, 'CHANGELOG.md'), 'utf8'), item.version);
      const args = ['release', 'create', tag, '--repo', hostedName, '--verify-tag', '--title', tag, '--notes', notes];
      const created = await gh(...args);
      if (created.code !== 0) throw new ReleaseError(`The release ${tag} could not be made:\n${created.output.trim()}`);
      made.push(`release ${tag}`);
    }
  }
  return made;
}

/** The commit on the main line that gave a package the version it has. */
async function versionCommit(cwd: string, { path, name }: PublishedPackage): Promise<string> {
  const args = ['log', '-1', '--first-parent', '--format=%H', '-G"version":', '--', `${path}/package.json`];
  const commit = (await mustExecute('git', args, { cwd })).trim();
  if (!commit) throw new ReleaseError(`No commit gave ${name} its version. Check out with the whole history.`);
  return commit;
}

/** Whether the host answered that something is not there; any other refusal is an error. */
function isMissing({ code, output }: { code: number; output: string }, answer: RegExp, request: string): boolean {
  if (code === 0) return false;
  if (answer.test(output)) return true;
  throw new ReleaseError(`${request} failed:\n${output.trim()}`);
}
