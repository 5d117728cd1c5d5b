import { execute } from '../execute.ts';
import { RegistryError } from './registry-error.ts';
import { scope } from './user-config.ts';

/** Where npm runs, and what it gets in its environment beside this process's own. */
export interface NpmOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** The address of the registry that npm takes this scope's packages from, for messages. */
export async function registryAddress(options: NpmOptions): Promise<string> {
  for (const key of [`${scope}:registry`, 'registry']) {
    const { stdout } = await execute('npm', ['config', 'get', key], options);
    if (/^https?:/.test(stdout)) return stdout.trim();
  }
  return 'the registry';
}

/**
 * Asks the registry for a version of a package.
 *
 * @returns the integrity of its tarball, as in `sha512-…`; nothing when it is not there
 * @throws RegistryError when the registry is not there or refuses
 */
export async function publishedIntegrity(specifier: string, options: NpmOptions): Promise<string | undefined> {
  const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000'];
  const args = ['view', specifier, 'dist.integrity', '--prefer-online', ...patience, '--loglevel=error'];
  const { code, stdout, output } = await execute('npm', args, options);
  if (code === 0) return stdout.trim() || undefined; // a package that is there without this version answers nothing
  if (/\bE404\b/.test(output)) return undefined;
  throw new RegistryError(`asking whether ${specifier} is there`, await registryAddress(options), output, 'read');
}
