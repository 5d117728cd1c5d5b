// Runs the sample app's browser tests on the client that a registry serves.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyOutside } from '../apps/sample/test/support/outside.ts';
import { root, run } from './execute.ts';
import { startRegistry } from './registry.ts';

const client = join(root, 'packages/client');

/**
 * Tries the sample app as a customer has it: the client comes from a registry, by its version, into a copy of the app
 * outside the workspace; the app's browser tests run on that copy.
 *
 * @returns an exit code
 */
async function main(): Promise<number> {
  const built = await run('turbo', 'run', 'build', '--filter=@didit-data/sample^...', '--output-logs=errors-only');
  if (built !== 0) return built;
  await using registry = await startRegistry();
  await registry.publish(client);
  const { version } = JSON.parse(await readFile(join(client, 'package.json'), 'utf8')) as { version: string };
  const app = await copyOutside({ version: `^${version}`, environment: registry.environment });
  try {
    const { code, output } = await app.typecheck();
    if (code !== 0) throw new Error(`the copy does not compile:\n${output}`);
    console.log(`@didit-data/client ${version} from ${registry.url}, in ${app.directory}`);
    process.env.SAMPLE_DIRECTORY = app.directory;
    return await run('pnpm', '--filter', '@didit-data/sample', 'run', 'test:browser');
  } finally {
    await app.remove();
  }
}

process.exitCode = await main();
