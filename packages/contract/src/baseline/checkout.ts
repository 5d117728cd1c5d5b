import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ContractError } from '../errors.ts';
import { git, gitText } from '../repository/git.ts';
import { contractFile, rootDirectory } from '../repository/paths.ts';
import { execute } from '../repository/run.ts';
import { consumerFolders } from '../surface/consumers.ts';

const contract = relative(rootDirectory, contractFile);

/**
 * Writes the contract, its examples and the code that uses the client, as a commit holds them, into a folder.
 *
 * @param ref a commit, tag or branch
 * @returns the commit's full name
 * @throws {ContractError} when there is no such commit here, or it holds no contract
 */
export async function checkOut(ref: string, folder: string): Promise<string> {
  const { code, stdout } = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  if (code !== 0) throw new ContractError(`${ref} is neither a file nor a commit of this clone.${await hintAt(ref)}`);
  const commit = stdout.trim();
  const held = await gitText('ls-tree', '--name-only', commit, '--', contract, 'openapi/examples', ...consumerFolders);
  const paths = held.split('\n').filter((path) => path !== '');
  if (!paths.includes(contract)) throw new ContractError(`${ref} holds no ${contract}. Name a later commit.`);
  await mkdir(folder, { recursive: true });
  const archive = join(folder, '.archive.tar');
  await gitText('archive', '--format=tar', `--output=${archive}`, commit, '--', ...paths);
  const unpacked = await execute('tar', ['-xf', archive, '-C', folder]);
  if (unpacked.code !== 0) throw new ContractError(`${ref} cannot be unpacked: ${unpacked.stderr.trim()}`);
  return commit;
}

async function hintAt(ref: string): Promise<string> {
  const shallow = await git('rev-parse', '--is-shallow-repository');
  if (shallow.code !== 0) return ' This is no git clone: name a file.';
  if (shallow.stdout.trim() === 'true') return ' The clone is shallow; run: git fetch --unshallow --tags';
  return ` Look at: git branch --all --list '*${ref.split('/').at(-1)}*'`;
}
