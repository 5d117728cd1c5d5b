import { ContractError } from '../errors.ts';
import { git } from '../repository/git.ts';
import { type Command, expectNoArguments } from './command.ts';

export const cleanTreeCommand: Command = {
  summary: 'fail when there are changes that are not committed, before versions are raised',
  async run(args) {
    expectNoArguments(args);
    const { code, stdout } = await git('status', '--porcelain', '--untracked-files=all');
    if (code !== 0) return 'This is no git clone: there is nothing to commit.';
    if (stdout === '') return 'Everything is committed.';
    throw new ContractError(
      `These files are not committed:\n${stdout.trimEnd()}\n` +
        'A release holds what its changesets say and nothing else. Commit them, or put them aside: git stash --include-untracked',
    );
  },
};
