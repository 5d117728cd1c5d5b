import { parseArgs } from 'node:util';
import { MockOptionsError } from '../errors.ts';
import { type MockOptions, resolveOptions } from '../options.ts';
import { defaultClient, type MockClient } from '../service/clients.ts';
import { isScenario, scenarios } from '../service/scenario.ts';
import { parseFault } from './fault.ts';

export const usage = `Usage: didit-data-mock [options]

  --port <number>         port to listen on, 0 for a free one   (default: 4010)
  --host <address>        address to listen on                  (default: 127.0.0.1)
  --scenario <name>       ${scenarios.join(', ')}
                          (default: confirmed)
  --seed <text>           chooses the people: the same seed, the same people
  --client-id <id>        client that may request tokens        (default: ${defaultClient.clientId})
  --client-secret <text>  its secret and API key                (default: ${defaultClient.clientSecret})
  --client <id:secret[:lifetime]>
                          both in one, with the lifetime of its tokens in
                          seconds; can be given several times
  --contract <file>       serve this contract, not the installed one
  --watch                 read the contract again when it is saved
  --fault <operation:kind[=value][,name=value…]>
                          add a fault, for example
                          getSessionDecision:status=503,times=2
                          names: times, probability, ms, status, header, and
                          last body, which can contain commas;
                          can be given several times
  --control-token <text>  /__mock/… requires it as Authorization: Bearer
                          (default: none; it answers only this machine)
  --coverage              print on exit which answers of the contract were given
  --coverage-min <number> exit with 1 when coverage is below this percentage
  --json                  print one line of JSON for each event
  --quiet                 print only errors, also with --json and --coverage
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

/**
 * @throws {MockOptionsError} when an option is invalid
 * @throws {TypeError} from `parseArgs`, when an option is unknown
 */
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
  const mock: MockOptions = {
    port: Number(port),
    host,
    scenario,
    clients: clientsOf(values),
    watch,
    seed,
    contract,
    controlToken: values['control-token'],
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

/** Reads `id:secret[:lifetime]`. Only a number after the last colon is the lifetime: a secret can contain colons. */
function parseClient(text: string): MockClient {
  const [, clientId, clientSecret, lifetime] = /^([^:]+):(.+?)(?::(\d+))?$/.exec(text) ?? [];
  if (clientId === undefined || clientSecret === undefined) {
    throw new MockOptionsError('--client must be id:secret or id:secret:lifetime.');
  }
  return { clientId, clientSecret, tokenLifetimeSeconds: lifetime === undefined ? undefined : Number(lifetime) };
}

function clientsOf({ client, 'client-id': clientId, 'client-secret': clientSecret }: Values): MockClient[] {
  const named = clientId !== undefined || clientSecret !== undefined;
  if (client.length > 0 && named) {
    throw new MockOptionsError(
      '--client cannot be combined with --client-id or --client-secret. Use one or the other.',
    );
  }
  if (client.length > 0) return client.map(parseClient);
  return [{ clientId: clientId ?? defaultClient.clientId, clientSecret: clientSecret ?? defaultClient.clientSecret }];
}
