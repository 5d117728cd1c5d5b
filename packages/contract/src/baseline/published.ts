import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execute } from '../repository/run.ts';
import { unreleased } from './release-commit.ts';

const name = '@didit-data/openapi';

/** A published contract that was unpacked, or the reason why there is none. */
export type Published = { readonly version: string } | { readonly reason: string };

/**
 * Takes the latest published contract from the configured registry with npm, which is asked once.
 *
 * @param folder where `didit-data.yaml` and `examples` are put
 */
export async function takePublished(folder: string): Promise<Published> {
  await mkdir(folder, { recursive: true });
  const options = ['--json', '--ignore-scripts', '--fetch-retries=0', '--fetch-timeout=10000', '--no-update-notifier'];
  const packed = await execute('npm', ['pack', `${name}@latest`, `--pack-destination=${folder}`, ...options], {
    cwd: folder,
  }).catch(() => undefined);
  if (!packed) return { reason: 'npm is not installed' };
  if (packed.code !== 0) return { reason: reasonOf(packed.stdout) };
  const [{ filename, version }] = JSON.parse(packed.stdout);
  if (version === unreleased) return { reason: `${name} was never published` }; // it holds the name and nothing else
  const unpacked = await execute('tar', ['-xzf', join(folder, filename), '-C', folder, '--strip-components=1']);
  return unpacked.code === 0 ? { version } : { reason: 'what the registry holds cannot be unpacked' };
}

function reasonOf(stdout: string): string {
  const code = /"code": "(\w+)"/.exec(stdout)?.[1];
  if (code === 'E404') return `${name} was never published`;
  if (code === 'E401' || code === 'E403') return `the registry refuses (${code})`;
  return `the registry cannot be asked (${code ?? 'npm failed'})`;
}
