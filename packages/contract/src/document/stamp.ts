import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ContractError } from '../errors.ts';
import { writeFiles } from '../repository/files.ts';
import { readManifest } from '../repository/packages.ts';
import { infoVersion } from './version.ts';

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
