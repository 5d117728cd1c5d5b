import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../repository/run.ts';
import { unreleased } from './release-commit.ts';

const name = '@didit-data/openapi';

/** The version of the published contract that was unpacked, or the reason why there is none. */
type Published = { readonly version: string } | { readonly reason: string };

/**
 * Downloads the latest published contract from the configured registry with npm, in one attempt.
 *
 * @param directory where npm puts `didit-data.yaml` and `examples`
 */
export async function takePublished(directory: string): Promise<Published> {
  await mkdir(directory, { recursive: true });
  const options = ['--json', '--ignore-scripts', '--fetch-retries=0', '--fetch-timeout=10000', '--no-update-notifier'];
  const packed = await run('npm', ['pack', `${name}@latest`, `--pack-destination=${directory}`, ...options], {
    cwd: directory,
  }).catch(() => undefined);
  if (!packed) return { reason: 'npm is not installed' };
  if (packed.code !== 0) return { reason: reasonOf(packed.stdout) };
  const [{ filename, version }] = JSON.parse(packed.stdout);
  if (version === unreleased) return { reason: `${name} was never published` }; // it only reserves the name
  const unpacked = await run('tar', ['-xzf', join(directory, filename), '-C', directory, '--strip-components=1']);
  return unpacked.code === 0 ? { version } : { reason: 'the published package cannot be unpacked' };
}

function reasonOf(stdout: string): string {
  const code = /"code": "(\w+)"/.exec(stdout)?.[1];
  if (code === 'E404') return `${name} was never published`;
  if (code === 'E401' || code === 'E403') return `the registry refuses (${code})`;
  return `the registry cannot be asked (${code ?? 'npm failed'})`;
}
