import { UsageError } from '../errors.ts';

/** An OAuth client, or an API key. */
export type Credentials = { readonly clientId: string; readonly clientSecret: string } | { readonly apiKey: string };

/** An existing session. */
export interface KnownSession {
  readonly id: string;
  /** Needed to ask for its status. */
  readonly token?: string;
}

/** The server to verify, and how. */
export interface Target {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly credentials: Credentials;
  /** Whether a session may be created. */
  readonly write: boolean;
  readonly session?: KnownSession;
  /** Time limit of each request, body included, in milliseconds. */
  readonly timeoutMs: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Checks the base URL: it must be https, or on this machine, because credentials are sent to it.
 *
 * @returns the URL without a trailing slash
 * @throws {UsageError} when it is neither
 */
export function checkedBaseUrl(text: string): string {
  if (!URL.canParse(text)) throw new UsageError('--url is not a URL. Give one such as https://apx.didit.me.');
  const url = new URL(text);
  if (url.username || url.password) {
    throw new UsageError('--url holds credentials. Take them out: they are read from the environment.');
  }
  if (url.search || url.hash) throw new UsageError('--url has a query or a fragment. Give the base URL alone.');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.includes(url.hostname))) {
    throw new UsageError('--url must be https, or http on this machine: credentials are sent to it.');
  }
  return url.href.replace(/\/+$/, '');
}

/**
 * Credentials from `DIDIT_CLIENT_ID` and `DIDIT_CLIENT_SECRET`, or `DIDIT_API_KEY`, as the client reads them.
 *
 * @throws {UsageError} when a variable is missing or superfluous: the message names it
 */
export function credentialsFrom(environment: Environment): Credentials {
  const { DIDIT_CLIENT_ID: clientId, DIDIT_CLIENT_SECRET: clientSecret, DIDIT_API_KEY: apiKey } = environment;
  if (apiKey && (clientId || clientSecret)) {
    throw new UsageError('DIDIT_API_KEY is set beside DIDIT_CLIENT_ID or DIDIT_CLIENT_SECRET. Keep one.');
  }
  if (apiKey) return { apiKey: headerSafe('DIDIT_API_KEY', apiKey) };
  if (!clientId && !clientSecret) {
    throw new UsageError('There are no credentials. Set DIDIT_CLIENT_ID and DIDIT_CLIENT_SECRET, or DIDIT_API_KEY.');
  }
  if (!clientId) throw new UsageError('DIDIT_CLIENT_ID is missing from the environment. Set it.');
  if (!clientSecret) throw new UsageError('DIDIT_CLIENT_SECRET is missing from the environment. Set it.');
  if (clientId.includes(':'))
    throw new UsageError('DIDIT_CLIENT_ID holds a colon, which HTTP Basic cannot carry. Correct it.');
  return { clientId, clientSecret };
}

/**
 * Checks a session of the command line: the id must stay in its path segment, and a header must be able to carry the
 * token.
 *
 * @throws {UsageError} when one of them is not safe: the message names the option
 */
export function checkedSession(id: string, token: string | undefined): KnownSession {
  if (!isPathSegment(id)) {
    throw new UsageError('--session must be the id of a session: not empty, not only dots, and without slashes.');
  }
  return token === undefined ? { id } : { id, token: headerSafe('--session-token', token) };
}

/** Whether a text stays in its path segment for every server and proxy. */
export function isPathSegment(id: string): boolean {
  return id !== '' && id !== '.' && id !== '..' && !/[/\\]/.test(id) && id.isWellFormed();
}

/** Whether a value is a text that a header can carry. */
export function isVisibleAscii(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}

function headerSafe(name: string, value: string): string {
  if (!isVisibleAscii(value)) throw new UsageError(`${name} must be visible ASCII without spaces. Correct it.`);
  return value;
}
