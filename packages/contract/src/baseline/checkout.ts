import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ContractError } from '../errors.ts';
import { git, gitText } from '../repository/git.ts';
import { clientSources, clientUsers, contractFile, rootDirectory } from '../repository/paths.ts';
import { run } from '../repository/run.ts';

const contract = relative(rootDirectory, contractFile);
const wanted = [contract, 'openapi/examples', clientSources, ...clientUsers];

/**
 * Writes the contract, its examples and the code that uses the client, as a commit holds them, into a directory.
 *
 * @param ref a commit, tag or branch
 * @returns the commit's full name
 * @throws {ContractError} when this clone has no such commit, or the commit has no contract
 */
export async function checkOut(ref: string, directory: string): Promise<string> {
  const { code, stdout } = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  if (code !== 0) throw new ContractError(`${ref} is neither a file nor a commit of this clone.${await hintAt(ref)}`);
  const commit = stdout.trim();
  const paths = (await gitText('ls-tree', '--name-only', commit, '--', ...wanted)).split('\n');
  if (!paths.includes(contract)) throw new ContractError(`${ref} holds no ${contract}. Name a later commit.`);
  await mkdir(directory, { recursive: true });
  const archive = join(directory, '.archive.tar');
  await gitText('archive', '--format=tar', `--output=${archive}`, commit, '--', ...paths);
  const unpacked = await run('tar', ['-xf', archive, '-C', directory]);
  if (unpacked.code !== 0) throw new ContractError(`${ref} cannot be unpacked: ${unpacked.stderr.trim()}`);
  return commit;
}

async function hintAt(ref: string): Promise<string> {
  const shallow = await git('rev-parse', '--is-shallow-repository');
  if (shallow.code !== 0) return ' This is not a git clone: name a file.';
  if (shallow.stdout.trim() === 'true') return ' The clone is shallow. Run: git fetch --unshallow --tags';
  return ` Look at: git branch --all --list '*${ref.split('/').at(-1)}*'`;
}
