import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unreleased } from '../../src/baseline/release-commit.ts';
import { stampVersion } from '../../src/document/version.ts';

/**
 * Takes a copy of the repository back to before its first release, from any state: no package has
 * a version or a changelog, and one changeset waits for each that is published.
 *
 * @param root the copy's root
 * @param directories of packages, relative to it
 */
export async function makeUnreleased(root: string, directories: readonly string[]): Promise<void> {
  const changesets = join(root, '.changeset');
  for (const name of await readdir(changesets)) if (name.endsWith('.md')) await rm(join(changesets, name));
  for (const directory of directories) {
    const file = join(root, directory, 'package.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/"version": ".*"/, `"version": "${unreleased}"`));
    await rm(join(root, directory, 'CHANGELOG.md'), { force: true });
    const { name, private: isPrivate } = JSON.parse(text);
    if (isPrivate) continue;
    await writeFile(
      join(changesets, `first-${directory.replaceAll('/', '-')}.md`),
      `---\n'${name}': minor\n---\n\nFirst.\n`,
    );
  }
  await stampVersion(join(root, 'openapi/didit-data.yaml'));
}
