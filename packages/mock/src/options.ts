import { checkOption, MockOptionsError } from './errors.ts';
import type { JournalEntry } from './journal/journal.ts';
import { defaultClient, type MockClient } from './service/clients.ts';
import { isScenario, type Scenario, scenarios } from './service/scenario.ts';

/** Something that happened on a mock. It holds no secret. */
export type MockEvent =
  | ({ readonly event: 'request' } & JournalEntry)
  | { readonly event: 'contract-reloaded' }
  /** The operations that have no built-in behaviour: the mock answers them with the contract's examples. */
  | { readonly event: 'examples-only'; readonly operations: readonly string[] }
  /** The contract is served, but something in it is missing or contradicts itself. */
  | { readonly event: 'contract-warning'; readonly message: string }
  | { readonly event: 'contract-refused'; readonly message: string };

/** Options of `startMock`. All are optional. */
export interface MockOptions {
  /** TCP port; 0 chooses a free one. Default: 0. */
  readonly port?: number | undefined;
  /** Address to listen on. Default: `127.0.0.1`, so that only this machine can connect. */
  readonly host?: string | undefined;
  /**
   * The clients that may request tokens; the first is `mock.clientId` and `mock.clientSecret`.
   * Ids are unique and contain no colon. Default: `didit-mock-client` with `didit-mock-secret`.
   */
  readonly clients?: readonly MockClient[] | undefined;
  /** What happens to a session whose `vendor_data` names no scenario. Default: `confirmed`. */
  readonly scenario?: Scenario | undefined;
  /** Chooses the people: the same seed and the same `vendor_data` make the same person. Default: an empty string. */
  readonly seed?: string | undefined;
  /** Path or `file:` URL of another contract. Default: the installed `@didit-data/openapi`. */
  readonly contract?: string | URL | undefined;
  /** Reads the contract again when it is saved. A broken one is an event, and the mock keeps the one before it. */
  readonly watch?: boolean | undefined;
  /** The clock that `mock.clock` is based on, in milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Seconds in which the person has to decide; then the session is `expired`. Default: 86 400. */
  readonly sessionLifetimeSeconds?: number | undefined;
  /** How many sessions to keep. Beyond it, the mock forgets the one that ended first, or else the oldest. Default: 10 000. */
  readonly maxSessions?: number | undefined;
  /** Numbers from 0 to 1 for faults with a `probability`. Default: the same sequence for every mock. */
  readonly random?: (() => number) | undefined;
  /** The control routes require it as `Authorization: Bearer`. Default: none; they then answer only this machine. */
  readonly controlToken?: string | undefined;
  /**
   * Called with each request when it has been answered, and when a contract was read again. What it throws or rejects
   * with is ignored.
   */
  readonly onEvent?: ((event: MockEvent) => void) | undefined;
}

export type ResolvedOptions = ReturnType<typeof resolveOptions>;

/**
 * Fills in the defaults.
 *
 * @throws {MockOptionsError} when an option is invalid
 */
export function resolveOptions(options: MockOptions) {
  const { port = 0, host = '127.0.0.1', clients = [defaultClient], scenario = 'confirmed', contract } = options;
  const { now = Date.now, seed = '', sessionLifetimeSeconds = 86_400, random } = options;
  const { controlToken, onEvent, watch = false, maxSessions = 10_000 } = options;
  checkOption(Number.isInteger(port) && port >= 0 && port <= 65_535, 'port must be a whole number from 0 to 65535.');
  checkOption(typeof host === 'string' && host !== '', 'host must not be empty.');
  checkOption(isScenario(scenario), `scenario must be one of: ${scenarios.join(', ')}.`);
  checkOption(typeof seed === 'string', 'seed must be a string.');
  checkOption(typeof now === 'function', 'now must be a function.');
  checkOption(random === undefined || typeof random === 'function', 'random must be a function.');
  checkOption(isPositive(sessionLifetimeSeconds), 'sessionLifetimeSeconds must be a whole number of seconds above 0.');
  checkOption(isPositive(maxSessions), 'maxSessions must be a whole number above 0.');
  checkOption(controlToken === undefined || /^[\x21-\x7e]+$/.test(controlToken), 'controlToken must be visible ASCII.');
  checkOption(contract !== '', 'contract must not be empty.');
  checkOption(!/^(?!file:)[a-z]+:\/\//i.test(String(contract)), 'contract must be a path or a file: URL.');
  clients.forEach(checkClient);
  const [client] = clients;
  if (!client) throw new MockOptionsError('clients must hold at least one client.');
  const ids = new Set(clients.map(({ clientId }) => clientId));
  checkOption(ids.size === clients.length, 'clients: two clients have the same clientId. Give each its own.');
  return {
    port,
    host: host.replace(/^\[(.+)\]$/, '$1'), // an IPv6 address in the form of a URL
    client,
    clients,
    scenario,
    seed,
    contract,
    now,
    watch,
    sessionLifetimeMs: sessionLifetimeSeconds * 1_000,
    maxSessions,
    random,
    controlToken,
    onEvent: onEvent && harmless(onEvent),
  };
}

function checkClient({ clientId, clientSecret, tokenLifetimeSeconds = 1 }: MockClient): void {
  checkOption(typeof clientId === 'string' && clientId !== '', 'clients: clientId must not be empty.');
  checkOption(!clientId.includes(':'), 'clients: clientId must not contain a colon. HTTP Basic cannot carry it.');
  checkOption(typeof clientSecret === 'string' && clientSecret !== '', `clients: ${clientId} needs a clientSecret.`);
  checkOption(
    isPositive(tokenLifetimeSeconds),
    `clients: tokenLifetimeSeconds of ${clientId} must be a whole number of seconds above 0.`,
  );
}

function isPositive(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

/** Calls the listener and ignores its errors. */
function harmless(listener: (event: MockEvent) => unknown) {
  return (event: MockEvent): void => {
    (async () => listener(event))().catch(() => {});
  };
}
