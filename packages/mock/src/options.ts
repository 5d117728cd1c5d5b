import { defaultTokenLifetimeSeconds, type MockClient } from './answer/oauth.ts';
import { MockOptionsError } from './errors.ts';
import type { JournalEntry } from './journal/journal.ts';
import { isScenario, type Scenario, scenarios } from './service/scenario.ts';

/** Something that has happened on a mock. It holds no secret. */
export type MockEvent =
  | ({ readonly event: 'request' } & JournalEntry)
  | { readonly event: 'contract-reloaded' }
  /** Operations of another contract that the mock knows nothing of: they answer with the contract's examples. */
  | { readonly event: 'examples-only'; readonly operations: readonly string[] }
  /** A contract that is served although something in it is missing or contradicts itself. */
  | { readonly event: 'contract-warning'; readonly message: string }
  | { readonly event: 'contract-refused'; readonly message: string };

/** Options of `startMock`. All are optional. */
export interface MockOptions {
  /** TCP port; 0 takes a free one. Default: 0. */
  port?: number;
  /** Address to listen on. Default: `127.0.0.1`, so that only this machine can connect. */
  host?: string;
  /**
   * The clients that may ask for tokens; the first is `mock.clientId` and `mock.clientSecret`.
   * Ids are unique and hold no colon. Default: `didit-mock-client` with `didit-mock-secret`.
   */
  clients?: readonly MockClient[];
  /** What happens to a session whose `vendor_data` does not say otherwise. Default: `confirmed`. */
  scenario?: Scenario;
  /** Chooses the people: the same seed and the same `vendor_data` are the same person. Default: the empty text. */
  seed?: string;
  /** Path or `file:` URL of another contract. Default: the installed `@didit-data/openapi`. */
  contract?: string | URL;
  /** Reads the contract again when it is saved. A broken one is an event, and the one before it is served on. */
  watch?: boolean;
  /** The clock under `mock.clock`, in milliseconds since the epoch. Default: `Date.now`. */
  now?: () => number;
  /** Seconds in which the person has to decide; then the session is `expired`. Default: 86 400. */
  sessionLifetimeSeconds?: number;
  /** So many sessions are kept; for one more, the first that ended is forgotten, or else the oldest. Default: 10 000. */
  maxSessions?: number;
  /** Numbers from 0 to 1 for faults with a `probability`. Default: the same ones for every mock. */
  random?: () => number;
  /** Asked for as `Authorization: Bearer` by the control routes. Default: none, and they answer this machine only. */
  controlToken?: string;
  /**
   * Called with what happens: each request once it is answered, and a contract that was read again. What it throws or
   * rejects with is ignored.
   */
  onEvent?: (event: MockEvent) => void;
}

export const defaultClient: Required<MockClient> = {
  clientId: 'didit-mock-client',
  clientSecret: 'didit-mock-secret',
  tokenLifetimeSeconds: defaultTokenLifetimeSeconds,
};

export interface ResolvedOptions {
  readonly port: number;
  readonly host: string;
  readonly client: MockClient;
  readonly clients: readonly MockClient[];
  readonly scenario: Scenario;
  readonly seed: string;
  readonly contract: string | URL | undefined;
  readonly watch: boolean;
  readonly now: () => number;
  readonly sessionLifetimeMs: number;
  readonly maxSessions: number;
  readonly random: (() => number) | undefined;
  readonly controlToken: string | undefined;
  readonly onEvent: ((event: MockEvent) => void) | undefined;
}

/** Fills in the defaults. Throws a `MockOptionsError` for an option that makes no sense. */
export function resolveOptions(options: MockOptions): ResolvedOptions {
  const { port = 0, host = '127.0.0.1', clients = [defaultClient], scenario = 'confirmed', contract } = options;
  const { now = Date.now, seed = '', sessionLifetimeSeconds = 86_400, random } = options;
  const { controlToken, onEvent, watch = false, maxSessions = 10_000 } = options;
  check(Number.isInteger(port) && port >= 0 && port <= 65_535, 'port must be a whole number from 0 to 65535.');
  check(typeof host === 'string' && host !== '', 'host must not be empty.');
  check(isScenario(scenario), `scenario must be one of: ${scenarios.join(', ')}.`);
  check(typeof seed === 'string', 'seed must be a text.');
  check(typeof now === 'function', 'now must be a function.');
  check(random === undefined || typeof random === 'function', 'random must be a function.');
  check(
    Number.isSafeInteger(sessionLifetimeSeconds) && sessionLifetimeSeconds > 0,
    'sessionLifetimeSeconds must be a whole number of seconds above 0.',
  );
  check(Number.isSafeInteger(maxSessions) && maxSessions > 0, 'maxSessions must be a whole number above 0.');
  check(controlToken === undefined || /^[\x21-\x7e]+$/.test(controlToken), 'controlToken must be visible ASCII.');
  check(contract !== '', 'contract must not be empty.');
  check(!/^(?!file:)[a-z]+:\/\//i.test(String(contract)), 'contract must be a path or a file: URL.');
  clients.forEach(checkClient);
  const [client] = clients;
  if (!client) throw new MockOptionsError('clients must hold at least one client.');
  check(new Set(clients.map(({ clientId }) => clientId)).size === clients.length, 'clients: a clientId is used twice.');
  const sessionLifetimeMs = sessionLifetimeSeconds * 1000;
  return {
    port,
    host: host.replace(/^\[(.+)\]$/, '$1'), // an IPv6 address as it stands in a URL
    client,
    clients,
    scenario,
    seed,
    contract,
    now,
    watch,
    sessionLifetimeMs,
    maxSessions,
    random,
    controlToken,
    onEvent: onEvent && harmless(onEvent),
  };
}

function check(condition: boolean, message: string): void {
  if (!condition) throw new MockOptionsError(message);
}

function checkClient({ clientId, clientSecret, tokenLifetimeSeconds = 1 }: MockClient): void {
  check(typeof clientId === 'string' && clientId !== '', 'clients: clientId must not be empty.');
  check(!clientId.includes(':'), 'clients: clientId must not hold a colon; HTTP Basic cannot carry it.');
  check(typeof clientSecret === 'string' && clientSecret !== '', `clients: ${clientId} needs a clientSecret.`);
  check(
    Number.isSafeInteger(tokenLifetimeSeconds) && tokenLifetimeSeconds > 0,
    `clients: tokenLifetimeSeconds of ${clientId} must be a whole number of seconds above 0.`,
  );
}

/** A listener watches: what goes wrong in it is its own affair. */
function harmless(listener: (event: MockEvent) => unknown) {
  return (event: MockEvent): void => {
    try {
      Promise.resolve(listener(event)).catch(() => {});
    } catch {
      // as said
    }
  };
}
