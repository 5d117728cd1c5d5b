import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execute, mustExecute } from '../execute.ts';
import { publishedIntegrity, registryAddress } from '../registry/published.ts';
import { RegistryError } from '../registry/registry-error.ts';
import { ReleaseError } from './release-error.ts';

export interface PublishOptions {
  /** The folder with the tarballs; they are published in the order of their names. */
  readonly folder: string;
  /** What npm gets in its environment, beside this process's own. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** What became of a tarball. */
export interface Publication {
  /** Name and version, as in `@didit-data/client@0.1.0`. */
  readonly specifier: string;
  /** Whether it was published now; otherwise the registry had exactly this tarball already. */
  readonly isNew: boolean;
}

/**
 * Publishes tarballs, and leaves alone what an earlier attempt has published. Before the first is published all are
 * looked up.
 *
 * @throws ReleaseError when the registry has one of the versions with other contents
 * @throws RegistryError when the registry is not there or refuses
 */
export async function publishTarballs({ folder, environment: env }: PublishOptions): Promise<Publication[]> {
  const npm = { cwd: folder, env };
  const found: (Publication & { readonly file: string })[] = [];
  for (const name of (await readdir(folder)).filter((one) => one.endsWith('.tgz')).sort()) {
    const file = join(folder, name);
    const manifest = JSON.parse(await mustExecute('tar', ['-xzOf', file, 'package/package.json'], { cwd: folder }));
    const specifier = `${manifest.name}@${manifest.version}`;
    const integrity = await publishedIntegrity(specifier, npm);
    if (integrity && integrity !== (await integrityOf(file)))
      throw otherContents(specifier, await registryAddress(npm));
    found.push({ specifier, file, isNew: integrity === undefined });
  }
  for (const { specifier, file, isNew } of found) {
    if (!isNew) continue;
    const { code, output } = await execute('npm', ['publish', file, '--access', 'public', '--ignore-scripts'], npm);
    if (code !== 0) throw new RegistryError(`publishing ${specifier}`, await registryAddress(npm), output);
  }
  return found.map(({ specifier, isNew }) => ({ specifier, isNew }));
}

async function integrityOf(file: string): Promise<string> {
  const hash = createHash('sha512').update(await readFile(file));
  return `sha512-${hash.digest('base64')}`;
}

function otherContents(specifier: string, registry: string): ReleaseError {
  return new ReleaseError(
    `${specifier} is at ${registry} already with other contents than this tarball. Nothing of this release was published` +
      ' by this attempt. Find out who published it; then add a changeset, which leads to the next version.',
  );
}
