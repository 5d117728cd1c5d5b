import { createRequire } from 'node:module';
import { join } from 'node:path';
import { rootDirectory } from './paths.ts';
import { type ProgramResult, run } from './run.ts';

const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
const config = join(rootDirectory, 'openapi/redocly.yaml');

/** Runs Redocly's command line with the rules of `openapi/redocly.yaml`, and without telemetry. */
export function redocly(command: 'lint' | 'diff', args: readonly string[]): Promise<ProgramResult> {
  return run(process.execPath, [cli, command, ...args, '--config', config, '--format', 'json'], {
    env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', FORCE_COLOR: '0' },
  });
}
