import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ContractError } from './contract-error.ts';
import { infoVersion } from './info-version.ts';
import { readManifest } from './manifest.ts';
import { writeFiles } from './write-files.ts';

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

/**
 * Names the contract's version in the newest entry of changelogs, beneath the heading, once.
 *
 * @param folders of packages that are made from the contract; one that has no changelog yet is passed over
 * @returns the changelogs that were changed
 */
export async function stampChangelogs(folders: readonly string[], contractVersion: string): Promise<string[]> {
  const files = new Map<string, string>();
  for (const folder of folders) {
    const file = join(folder, 'CHANGELOG.md');
    const text = await readFile(file, 'utf8').catch(() => undefined);
    const { version } = await readManifest(folder);
    const stamped = text && stampEntry(text, version, contractVersion);
    if (stamped && stamped !== text) files.set(file, stamped);
  }
  await writeFiles(files);
  return [...files.keys()];
}

/**
 * Only an entry of the version that the package has now was made from the contract as it is now; one that has such a
 * line is of a release that was made already.
 */
function stampEntry(text: string, version: string, contractVersion: string): string {
  const line = `Made from version ${contractVersion} of the contract, \`@didit-data/openapi\`.`;
  const [before = '', entry, ...rest] = text.split(/^(?=## )/m);
  if (!entry?.startsWith(`## ${version}\n`) || /^Made from version \S+ of the contract/m.test(entry)) return text;
  return [before, entry.replace('\n', `\n\n${line}\n`), ...rest].join('');
}
