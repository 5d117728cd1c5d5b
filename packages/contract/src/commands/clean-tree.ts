import { ContractError } from '../errors.ts';
import { git } from '../repository/git.ts';

/** `pnpm contract clean-tree` */
export async function cleanTree(): Promise<string> {
  const { code, stdout } = await git('status', '--porcelain', '--untracked-files=all');
  if (code !== 0) return 'This is not a git clone: there is nothing to commit.';
  if (stdout === '') return 'Everything is committed.';
  throw new ContractError(
    `These files are not committed:\n${stdout.trimEnd()}\n` +
      'A release holds what its changesets say and nothing else. Commit them, or put them aside: git stash --include-untracked',
  );
}
