import { TokenError } from '../errors/token-error.ts';
import { operations } from '../generated/contract.ts';
import { refusalOf } from '../http/api-error.ts';
import { type Fetch, withContext } from '../http/compose.ts';
import { isHeaderSafe } from '../http/header-value.ts';
import { requestIdOf } from '../http/response-headers.ts';

/** Lifetime of a token whose response has no usable `expires_in`, in seconds. */
const assumedLifetimeSeconds = 300;
/** The documented lifetime, and the longest that is accepted, in seconds. */
const longestLifetimeSeconds = 86_400;

/** A token and when it expires. */
export interface AccessToken {
  /** Opaque: never decoded, never logged. */
  readonly token: string;
  /** When it expires, in ms since the epoch by the service's clock. */
  readonly expiresAt: number;
}

/** A token as the cache and the store keep it. */
export interface IssuedToken extends AccessToken {
  /** Its whole lifetime in milliseconds, which bounds both windows. */
  readonly lifetimeMs: number;
}

/** A new token, and how far the service's clock is ahead of this machine's. */
export interface Issued {
  readonly token: IssuedToken;
  readonly clockOffsetMs: number;
}

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Requests a token: OAuth 2.0 client credentials, RFC 6749 §4.4, with HTTP Basic in plain UTF-8 and a form that holds
 * `grant_type` and nothing else, as the service documents it.
 *
 * @param fetch a `fetch` whose responses are read and parsed (see `withDecoding`)
 * @param signal ends the request, retries and waits included
 * @throws {TokenError} when the service refuses, or its response is not a usable token
 */
export async function requestToken(
  fetch: Fetch,
  baseUrl: string,
  credentials: ClientCredentials,
  signal?: AbortSignal,
): Promise<Issued> {
  const { path, method } = operations.issueToken;
  const request = new Request(baseUrl + path, {
    method,
    headers: { authorization: basic(credentials), accept: 'application/json' },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
    redirect: 'manual',
  });
  const response = await fetch(withContext(request, { operation: 'issueToken', route: path, callerSignal: signal }));
  const clockOffsetMs = clockOffsetOf(response);
  if (!response.ok) throw await refusal(response);
  return { token: readToken(await response.json(), Date.now() + clockOffsetMs, response), clockOffsetMs };
}

/**
 * How far the service's clock is ahead of this machine's, in milliseconds. The `Date` header has whole seconds, so an
 * offset below two seconds counts as 0. With it, `expiresAt` means the same in every process that shares the token.
 */
function clockOffsetOf(response: Response): number {
  const offset = Date.parse(response.headers.get('date') ?? '') - Date.now();
  return Math.abs(offset) >= 2_000 ? offset : 0;
}

/** `btoa` accepts Latin-1 only; a secret may be any Unicode. */
function basic({ clientId, clientSecret }: ClientCredentials): string {
  const bytes = new TextEncoder().encode(`${clientId}:${clientSecret}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

async function refusal(response: Response): Promise<TokenError> {
  const body = parsed(await response.text());
  const { error: code }: { error?: unknown } = Object(body);
  const { message, ...details } = refusalOf(response, body, adviceFor(response.status));
  return new TokenError(`No token: ${message}`, {
    ...details,
    code: typeof code === 'string' && /^[a-z][a-z\d_-]{0,63}$/.test(code) ? code : undefined,
  });
}

function adviceFor(status: number): string {
  if ([400, 401, 403].includes(status)) return 'Check `clientId` and `clientSecret`.';
  return status >= 500 || status === 429 ? 'Try again later.' : 'Check `baseUrl`.';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Fails closed: accepts only what is plainly a bearer token. */
function readToken(body: unknown, receivedAt: number, response: Response): IssuedToken {
  const unusable = (why: string) =>
    new TokenError(`The response is not a usable token: ${why}. Check \`baseUrl\`.`, {
      status: response.status,
      requestId: requestIdOf(response),
    });
  if (typeof body !== 'object' || body === null) throw unusable('it is not an object');
  const { access_token, token_type, expires_in } = body as Readonly<Record<string, unknown>>;
  if (typeof access_token !== 'string' || access_token === '') throw unusable('access_token is missing');
  if (!isHeaderSafe(access_token)) throw unusable('access_token has characters that a header cannot hold');
  const type = typeof token_type === 'string' ? token_type.toLowerCase() : (token_type ?? 'bearer');
  if (type !== 'bearer') throw unusable('token_type is not bearer');
  const lifetimeMs = lifetimeSeconds(expires_in) * 1_000;
  return { token: access_token, expiresAt: receivedAt + lifetimeMs, lifetimeMs };
}

/** A lifetime that is missing or invalid counts as a short one. */
function lifetimeSeconds(value: unknown): number {
  const seconds = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds <= 0) return assumedLifetimeSeconds;
  return Math.min(seconds, longestLifetimeSeconds);
}
