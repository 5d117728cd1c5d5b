import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustExecute } from '../execute.ts';

const git = (cwd: string, ...args: readonly string[]) => mustExecute('git', args, { cwd });

/** Lists what `git status` finds changed or new in a working tree, each path with its state. */
export async function uncommittedChanges(repository: string): Promise<string[]> {
  const status = await git(repository, 'status', '--porcelain', '--untracked-files=all');
  return status.split('\n').filter(Boolean);
}

/**
 * Copies a repository with its history and its files: as they were at a commit, or as they are in the working tree with
 * every change that is not committed. What git ignores is left out. The original stays as it is.
 *
 * @param from the repository
 * @param to a folder that is not there yet
 * @param commit the commit; the working tree when left out
 */
export async function copyRepository(from: string, to: string, commit?: string): Promise<void> {
  await git(from, 'clone', '--quiet', '--shared', '--no-checkout', '.', to); // borrows the history
  if (commit) {
    await git(to, 'checkout', '--quiet', '--detach', commit);
    return;
  }
  await git(to, 'read-tree', 'HEAD');
  const files = (await git(from, 'ls-files', '-z', '--cached', '--others', '--exclude-standard')).split('\0');
  for (const file of new Set(files.filter(Boolean))) {
    if (await isThere(join(from, file))) await cp(join(from, file), join(to, file));
  }
}

/**
 * Copies the files of a folder that git would not ignore, into a git repository of their own that has no history. The
 * folder itself needs no git: an archive of a repository will do.
 */
export async function copyFiles(from: string, to: string): Promise<void> {
  await git(from, 'init', '--quiet', '--initial-branch=main', to);
  const files = await git(from, ...lookingAt(from, to), 'ls-files', '-z', '--others', '--exclude-standard');
  for (const file of files.split('\0').filter(Boolean)) await cp(join(from, file), join(to, file));
}

/** A hash of all files of a folder that git would not ignore: their names and what is in them. */
export async function contentOf(folder: string): Promise<string> {
  const own = await mkdtemp(join(tmpdir(), 'didit content '));
  try {
    await git(folder, 'init', '--quiet', own);
    await git(folder, ...lookingAt(folder, own), 'add', '--all');
    return (await git(folder, ...lookingAt(folder, own), 'write-tree')).trim();
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** For git: to look at the files of one folder with the repository of another. */
const lookingAt = (folder: string, repository: string): string[] => [
  `--git-dir=${join(repository, '.git')}`,
  `--work-tree=${folder}`,
];

/** Commits everything in a copy, under a name of its own and past the hooks and keys of whoever runs this. */
export async function commitAll(copy: string, message: string): Promise<void> {
  const author = ['-c', 'user.name=Rehearsal', '-c', 'user.email=rehearsal@localhost', '-c', 'commit.gpgsign=false'];
  await git(copy, 'add', '--all');
  await git(copy, ...author, 'commit', '--quiet', '--no-verify', '--allow-empty', '--message', message);
}

/** Whether a path is there; a file that was deleted is still in git's list. */
const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
