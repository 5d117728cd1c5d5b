import { parseArgs } from 'node:util';
import type { MockClient } from '../answer/oauth.ts';
import { MockOptionsError } from '../errors.ts';
import { defaultClient, type MockOptions, resolveOptions } from '../options.ts';
import { isScenario, scenarios } from '../service/scenario.ts';
import { parseFault } from './fault.ts';

export const usage = `Usage: didit-data-mock [options]

  --port <number>         port to listen on, 0 for a free one   (default: 4010)
  --host <address>        address to listen on                  (default: 127.0.0.1)
  --scenario <name>       ${scenarios.join(', ')}
                          (default: confirmed)
  --seed <text>           chooses the people: the same seed, the same people
  --client-id <id>        client that may ask for tokens        (default: ${defaultClient.clientId})
  --client-secret <text>  its secret and API key                (default: ${defaultClient.clientSecret})
  --client <id:secret[:lifetime]>
                          the same in one, with the lifetime of its tokens in
                          seconds; can be given several times
  --contract <file>       another contract than the installed one
  --watch                 read the contract again when it is saved
  --fault <operation:kind[=value][,name=value…]>
                          what goes wrong, for example
                          getSessionDecision:status=503,times=2
                          names: times, probability, ms, status, header, and
                          last body, which can hold commas;
                          can be given several times
  --control-token <text>  asked for by /__mock/… as Authorization: Bearer
                          (default: none, and it answers this machine only)
  --coverage              print on exit which answers of the contract were given
  --coverage-min <number> exit with 1 when they are less than so many percent
  --json                  print one line of JSON for each event
  --quiet                 print nothing but errors, also with --json and
                          --coverage
  --help                  print this
  --version               print the version

Exit codes: 0 ended by a signal, 1 could not start or too little coverage, 2 bad options.`;

export interface CliOptions {
  readonly mock: MockOptions;
  readonly faults: readonly ReturnType<typeof parseFault>[];
  readonly coverage: boolean;
  /** In percent. */
  readonly coverageMin: number;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

type Values = ReturnType<typeof parse>;

/** Throws a `MockOptionsError`, or the `TypeError` of `parseArgs`, for options that make no sense. */
export function parseCliOptions(args: string[]): CliOptions {
  const values = parse(args);
  const { port, host, scenario, seed, contract, watch, json, quiet, help, version } = values;
  if (!/^\d{1,5}$/.test(port)) throw new MockOptionsError('--port must be a whole number from 0 to 65535.');
  if (!isScenario(scenario)) throw new MockOptionsError(`--scenario must be one of: ${scenarios.join(', ')}.`);
  const least = values['coverage-min'];
  const coverageMin = Number(least ?? 0);
  if (least === '' || !(coverageMin >= 0 && coverageMin <= 100)) {
    throw new MockOptionsError('--coverage-min must be a number from 0 to 100.');
  }
  const controlToken = values['control-token'];
  const mock: MockOptions = {
    port: Number(port),
    host,
    scenario,
    clients: clientsOf(values),
    watch,
    ...(seed !== undefined && { seed }),
    ...(contract !== undefined && { contract }),
    ...(controlToken !== undefined && { controlToken }),
  };
  resolveOptions(mock);
  const faults = values.fault.map(parseFault);
  const coverage = values.coverage || least !== undefined;
  return { mock, faults, coverage, coverageMin, json, quiet, help, version };
}

function parse(args: string[]) {
  return parseArgs({
    args,
    strict: true,
    options: {
      port: { type: 'string', default: '4010' },
      host: { type: 'string', default: '127.0.0.1' },
      scenario: { type: 'string', default: 'confirmed' },
      seed: { type: 'string' },
      'client-id': { type: 'string' },
      'client-secret': { type: 'string' },
      client: { type: 'string', multiple: true, default: [] },
      contract: { type: 'string' },
      watch: { type: 'boolean', default: false },
      fault: { type: 'string', multiple: true, default: [] },
      'control-token': { type: 'string' },
      coverage: { type: 'boolean', default: false },
      'coverage-min': { type: 'string' },
      json: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      version: { type: 'boolean', default: false },
    },
  }).values;
}

/** `id:secret[:lifetime]`: a number behind the last colon is the lifetime, so that a secret may hold colons. */
function parseClient(text: string): MockClient {
  const [, clientId, clientSecret, lifetime] = /^([^:]+):(.+?)(?::(\d+))?$/.exec(text) ?? [];
  if (clientId === undefined || clientSecret === undefined) {
    throw new MockOptionsError('--client must be id:secret or id:secret:lifetime.');
  }
  return { clientId, clientSecret, ...(lifetime !== undefined && { tokenLifetimeSeconds: Number(lifetime) }) };
}

function clientsOf({ client, 'client-id': clientId, 'client-secret': clientSecret }: Values): MockClient[] {
  const named = clientId !== undefined || clientSecret !== undefined;
  if (client.length > 0 && named) {
    throw new MockOptionsError('--client is given beside --client-id or --client-secret; use one or the other.');
  }
  if (client.length > 0) return client.map(parseClient);
  return [{ clientId: clientId ?? defaultClient.clientId, clientSecret: clientSecret ?? defaultClient.clientSecret }];
}
