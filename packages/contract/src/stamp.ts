import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ContractError } from './contract-error.ts';
import { infoVersion } from './info-version.ts';

/** Writes the version of the package that holds the contract into its `info.version`, which is kept nowhere else. */
export async function stampVersion(contractFile: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(dirname(contractFile), 'package.json'), 'utf8'));
  const text = await readFile(contractFile, 'utf8');
  if (!infoVersion.test(text)) throw new ContractError('the contract has no info.version to write to');
  await writeFile(contractFile, text.replace(infoVersion, `$1${manifest.version}`));
  return manifest.version;
}
