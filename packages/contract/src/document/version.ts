import { readFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { ContractError } from '../errors.ts';
import { writeFiles } from '../repository/files.ts';
import { readManifest } from '../repository/packages.ts';
import { rootDirectory } from '../repository/paths.ts';

/** The line of a contract that holds its `info.version`; what stands before the version is the first group. */
export const infoVersion = /^(info:\r?\n(?:(?: .*)?\r?\n)*? {2}version: )([^\r\n]*)/m;

/**
 * The contract's version is that of the package which holds it, and is raised by a release alone.
 *
 * @throws {ContractError} naming file and line when somebody has written another
 */
export async function checkVersion(contractFile: string): Promise<void> {
  const text = await readFile(contractFile, 'utf8');
  const { version } = await readManifest(dirname(contractFile));
  const [before = '', , found] = infoVersion.exec(text) ?? [];
  if (found === version) return;
  const line = text.slice(0, text.indexOf(before) + before.length).split('\n').length;
  throw new ContractError(
    `${relative(rootDirectory, contractFile)}:${line}: info.version is ${found ?? 'not there'}, and its package has ${version}.\n` +
      '  A release raises both, from the changesets. Run: pnpm contract stamp',
  );
}

/** Writes the version of the package that holds the contract into its `info.version`, which is kept nowhere else. */
export async function stampVersion(contractFile: string): Promise<string> {
  const { version } = await readManifest(dirname(contractFile));
  const text = await readFile(contractFile, 'utf8');
  if (!infoVersion.test(text)) {
    throw new ContractError(
      `${contractFile}: there is no info.version to write to. Add it, then run: pnpm contract stamp`,
    );
  }
  await writeFiles(new Map([[contractFile, text.replace(infoVersion, `$1${version}`)]]));
  return version;
}
