import { readFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { ContractError } from '../errors.ts';
import { writeFiles } from '../repository/files.ts';
import { readManifest } from '../repository/packages.ts';
import { rootDirectory } from '../repository/paths.ts';

/** The line of a contract that holds its `info.version`; the first group is what precedes the version. */
export const infoVersion = /^(info:\r?\n(?:(?: .*)?\r?\n)*? {2}version: )([^\r\n]*)/m;

/**
 * Checks that the contract has the version of the package that holds it. Only a release raises both.
 *
 * @throws {ContractError} when the versions differ: the message names file and line
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

/**
 * Writes the package's version into the contract's `info.version`.
 *
 * @returns the version
 * @throws {ContractError} when the contract has no `info.version`
 */
export async function stampVersion(contractFile: string): Promise<string> {
  const { version } = await readManifest(dirname(contractFile));
  const text = await readFile(contractFile, 'utf8');
  if (!infoVersion.test(text)) {
    throw new ContractError(
      `${relative(rootDirectory, contractFile)} has no info.version. Add it, then run: pnpm contract stamp`,
    );
  }
  await writeFiles(new Map([[contractFile, text.replace(infoVersion, `$1${version}`)]]));
  return version;
}
