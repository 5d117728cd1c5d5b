import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ContractError } from './contract-error.ts';

/** Writes the version of the package that holds the contract into its `info.version`, which is kept nowhere else. */
export async function stampVersion(contractFile: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(dirname(contractFile), 'package.json'), 'utf8'));
  const text = await readFile(contractFile, 'utf8');
  const place = /^(info:\n(?: .*\n)*? {2}version: ).*$/m;
  if (!place.test(text)) throw new ContractError('the contract has no info.version to write to');
  await writeFile(contractFile, text.replace(place, `$1${manifest.version}`));
  return manifest.version;
}
