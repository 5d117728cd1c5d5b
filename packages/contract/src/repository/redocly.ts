import { createRequire } from 'node:module';
import { join } from 'node:path';
import { rootDirectory } from './paths.ts';
import { execute, type Outcome } from './run.ts';

const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
const config = join(rootDirectory, 'openapi/redocly.yaml');

/** Runs Redocly's command line with the contract's own rules; it reports to nobody. */
export function redocly(command: 'lint' | 'diff', args: readonly string[]): Promise<Outcome> {
  return execute(process.execPath, [cli, command, ...args, '--config', config, '--format', 'json'], {
    env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', FORCE_COLOR: '0' },
  });
}
