import { parseArgs } from 'node:util';
import { MockOptionsError } from './errors.ts';
import { defaultClient, type MockOptions, resolveOptions } from './options.ts';
import { isScenario, scenarios } from './scenario.ts';

export const usage = `Usage: didit-data-mock [options]

  --port <number>         port to listen on, 0 for a free one   (default: 4010)
  --host <address>        address to listen on                  (default: 127.0.0.1)
  --scenario <name>       ${scenarios.join(', ')}
                          (default: confirmed)
  --client-id <id>        client that may ask for tokens        (default: ${defaultClient.clientId})
  --client-secret <text>  its secret and API key                (default: ${defaultClient.clientSecret})
  --quiet                 print nothing but errors
  --help                  print this
  --version               print the version

Exit codes: 0 ended by a signal, 1 could not start, 2 bad options.`;

export interface CliOptions {
  readonly mock: MockOptions;
  readonly quiet: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

const parse = (args: string[]) =>
  parseArgs({
    args,
    strict: true,
    options: {
      port: { type: 'string', default: '4010' },
      host: { type: 'string', default: '127.0.0.1' },
      scenario: { type: 'string', default: 'confirmed' },
      'client-id': { type: 'string', default: defaultClient.clientId },
      'client-secret': { type: 'string', default: defaultClient.clientSecret },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      version: { type: 'boolean', default: false },
    },
  }).values;

/** Throws a `MockOptionsError`, or the `TypeError` of `parseArgs`, for options that make no sense. */
export const parseCliOptions = (args: string[]): CliOptions => {
  const { port, host, scenario, quiet, help, version, ...client } = parse(args);
  if (!/^\d{1,5}$/.test(port)) throw new MockOptionsError('--port must be a whole number from 0 to 65535.');
  if (!isScenario(scenario)) throw new MockOptionsError(`--scenario must be one of: ${scenarios.join(', ')}.`);
  const mock: MockOptions = {
    port: Number(port),
    host,
    scenario,
    clients: [{ clientId: client['client-id'], clientSecret: client['client-secret'] }],
  };
  resolveOptions(mock);
  return { mock, quiet, help, version };
};
