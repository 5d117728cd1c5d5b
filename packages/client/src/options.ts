import type { ClientCredentials } from './auth/client-credentials.ts';
import type { TokenStore } from './auth/token-store.ts';
import { OptionsError } from './errors.ts';
import { longestTimer } from './http/abort.ts';
import type { Fetch } from './http/compose.ts';
import { globalFetch, type Transport } from './http/global-fetch.ts';
import { checkHeaderValue } from './http/header-value.ts';
import { type Hooks, harmless, hookNames } from './http/hooks.ts';
import { nearest } from './nearest.ts';

/** How the client proves who it is: exactly one of three. */
export type CredentialOptions =
  | {
      /** Client id of the application. Holds no colon, which separates it from the secret. */
      readonly clientId: string;
      /** Client secret of the application. */
      readonly clientSecret: string;
      readonly apiKey?: undefined;
      readonly accessToken?: undefined;
    }
  | {
      /** Sent as `X-Api-Key` with every request, instead of a token. */
      readonly apiKey: string;
      readonly clientId?: undefined;
      readonly clientSecret?: undefined;
      readonly accessToken?: undefined;
    }
  | {
      /** A token that you obtain yourself, or a function that gives the current one. */
      readonly accessToken: string | (() => string | Promise<string>);
      readonly clientId?: undefined;
      readonly clientSecret?: undefined;
      readonly apiKey?: undefined;
    };

/** Options of {@link createClient} beside the credentials. */
export interface CommonOptions {
  /** Where the service is: https, or http on loopback. Default: `https://apx.didit.me`. */
  readonly baseUrl?: string | URL | undefined;
  /** Used instead of the global `fetch`, which is otherwise looked up at each call. */
  readonly fetch?: Fetch | undefined;
  /**
   * What to do with a 2xx body that breaks the contract. `throw` (default): the call throws a
   * `ResponseValidationError`. `report`: `hooks.onValidation` is told and the body passed on.
   * Members that the contract does not name always pass.
   */
  readonly validation?: 'throw' | 'report' | undefined;
  /** Called as things happen, for metrics and tracing. */
  readonly hooks?: Hooks | undefined;
  /** Time limit of each attempt in milliseconds, up to the last byte of the body. Default: 30 000. */
  readonly timeoutMs?: number | undefined;
  /** How often a failed request is sent again at most, where that is safe. Default: 2. */
  readonly maxRetries?: number | undefined;
  /** Where the token is shared with other processes; needs a client secret. Default: it is kept in memory alone. */
  readonly tokenStore?: TokenStore | undefined;
  /** This long before its end a token is renewed in the background, in milliseconds. Default: 300 000. */
  readonly refreshAheadMs?: number | undefined;
  /** This long before its end a token no longer serves, in milliseconds. Default: 30 000. */
  readonly expirySkewMs?: number | undefined;
  /** Lets a client with a secret be made in a browser, where everyone can read the secret. Default: false. */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
}

/** Options of {@link createClient}. */
export type ClientOptions = CredentialOptions & CommonOptions;

/** Options of one call. */
export interface CallOptions {
  /** Ends the whole call, retries and waits included; its own reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Time limit of each attempt, and of the wait for a token before it, in milliseconds. Default: the client's, for each
   * attempt of the call and of the token request.
   */
  readonly timeoutMs?: number | undefined;
  /** Headers to add; an `Authorization` of your own replaces the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The names of an interface's members: leaving one out, or adding one, does not compile. */
function namesOf<Options>(names: Readonly<Record<keyof Required<Options>, true>>): readonly string[] {
  return Object.keys(names);
}

export const commonNames = namesOf<CommonOptions>({
  baseUrl: true,
  fetch: true,
  validation: true,
  hooks: true,
  timeoutMs: true,
  maxRetries: true,
  tokenStore: true,
  refreshAheadMs: true,
  expirySkewMs: true,
  dangerouslyAllowBrowser: true,
});
const clientNames = ['clientId', 'clientSecret', 'apiKey', 'accessToken', ...commonNames];
export const callNames = namesOf<CallOptions>({ signal: true, timeoutMs: true, headers: true });
export const decisionsNames = [...callNames, 'concurrency', 'onProgress'];
export const waitNames = [...callNames, 'intervalMs', 'onStatus'];
export const createNames = ['scope', 'vendor_data'];

const defaults = {
  baseUrl: 'https://apx.didit.me',
  validation: 'throw',
  timeoutMs: 30_000,
  maxRetries: 2,
  refreshAheadMs: 300_000,
  expirySkewMs: 30_000,
} as const;

/** Options with every default in its place. */
export interface ResolvedOptions {
  readonly baseUrl: string;
  readonly fetch: Transport;
  readonly validation: 'throw' | 'report';
  readonly hooks: Hooks;
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly tokenStore: TokenStore | undefined;
  readonly refreshAheadMs: number;
  readonly expirySkewMs: number;
}

/** @throws {OptionsError} naming the option that cannot work */
export function resolveOptions(options: ClientOptions): ResolvedOptions {
  checkNames(options, clientNames);
  checkCredentials(options);
  const { fetch = globalFetch, hooks = {}, tokenStore, dangerouslyAllowBrowser = false } = options;
  const {
    baseUrl = defaults.baseUrl,
    validation = defaults.validation,
    timeoutMs = defaults.timeoutMs,
    maxRetries = defaults.maxRetries,
    refreshAheadMs = defaults.refreshAheadMs,
    expirySkewMs = defaults.expirySkewMs,
  } = options;
  if (typeof fetch !== 'function') throw new OptionsError('fetch must be a function');
  if (validation !== 'throw' && validation !== 'report') {
    throw new OptionsError("validation must be 'throw' or 'report'");
  }
  checkHooks(hooks);
  checkTokenStore(tokenStore);
  if (typeof dangerouslyAllowBrowser !== 'boolean') {
    throw new OptionsError('dangerouslyAllowBrowser must be true or false');
  }
  if (tokenStore && options.clientSecret === undefined) {
    throw new OptionsError('tokenStore needs clientId and clientSecret, with which its entries are sealed');
  }
  return {
    baseUrl: checkedBaseUrl(baseUrl),
    fetch,
    validation,
    hooks: harmless(hooks),
    timeoutMs: checkedDuration('timeoutMs', timeoutMs),
    maxRetries: checkedCount('maxRetries', maxRetries, 0),
    tokenStore,
    refreshAheadMs: checkedDuration('refreshAheadMs', refreshAheadMs, 0),
    expirySkewMs: checkedDuration('expirySkewMs', expirySkewMs, 0),
  };
}

type CredentialName = 'clientId' | 'clientSecret' | 'apiKey' | 'accessToken';

function checkCredentials(options: ClientOptions): void {
  const { clientId, clientSecret, apiKey, accessToken }: Partial<Record<CredentialName, unknown>> = options;
  const hasClient = clientId !== undefined || clientSecret !== undefined;
  const given = [hasClient, apiKey !== undefined, accessToken !== undefined].filter(Boolean).length;
  if (given !== 1) {
    const what = given === 0 ? 'no credential' : 'more than one credential';
    throw new OptionsError(`${what}: give clientId and clientSecret, or apiKey, or accessToken`);
  }
  if (hasClient) checkClient({ clientId, clientSecret } as ClientCredentials);
  if (apiKey !== undefined) checkHeaderValue('apiKey', apiKey);
  if (accessToken !== undefined && typeof accessToken !== 'function') checkHeaderValue('accessToken', accessToken);
  if (accessToken === undefined && isBrowser() && options.dangerouslyAllowBrowser !== true) {
    throw new OptionsError(
      'this is a browser, where everyone can read the secret: make the client on your server,' +
        ' or set dangerouslyAllowBrowser if you know what you do',
    );
  }
}

interface BrowserGlobals {
  readonly window?: unknown;
  readonly document?: unknown;
  readonly WorkerGlobalScope?: unknown;
  readonly navigator?: { readonly userAgent?: string };
}

/** A page or one of its workers. Server runtimes have some of the names too, but none calls itself Mozilla. */
function isBrowser(): boolean {
  const { window, document, WorkerGlobalScope, navigator }: BrowserGlobals = globalThis;
  if (window !== undefined && document !== undefined) return true;
  return WorkerGlobalScope !== undefined && navigator?.userAgent?.startsWith('Mozilla/') === true;
}

function checkClient({ clientId, clientSecret }: ClientCredentials): void {
  for (const [name, value] of Object.entries({ clientId, clientSecret })) {
    if (typeof value !== 'string' || value === '') throw new OptionsError(`${name} must be a non-empty string`);
    // Read from a file, it has the line end of the file.
    if (value !== value.trim()) throw new OptionsError(`${name} must not begin or end with white space`);
  }
  if (clientId.includes(':')) throw new OptionsError('clientId must not contain a colon');
}

function checkedBaseUrl(value: string | URL): string {
  const url = parsedUrl(value);
  if (!url) throw new OptionsError('baseUrl is not a URL');
  if (!/^https?:$/.test(url.protocol)) {
    throw new OptionsError('baseUrl must begin with https://, or with http:// on loopback');
  }
  if (url.username || url.password) throw new OptionsError('baseUrl must not hold credentials');
  if (/[?#]/.test(url.href)) throw new OptionsError('baseUrl must not have a query or a fragment');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new OptionsError('baseUrl must be https, or http on loopback: credentials would travel in the clear');
  }
  return url.href.replace(/\/+$/, '');
}

function parsedUrl(value: string | URL): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** @throws {OptionsError} naming the option, unless it is a number of milliseconds that a timer can be set to */
export function checkedDuration(name: string, value: unknown, least = 1): number {
  if (typeof value === 'number' && value >= least && value <= longestTimer) return value;
  throw new OptionsError(`${name} must be a number of milliseconds from ${least} to ${longestTimer}`);
}

/** @throws {OptionsError} naming the option, unless it is a whole number that is not too small */
export function checkedCount(name: string, value: unknown, least = 1): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
  throw new OptionsError(`${name} must be a whole number, at least ${least}`);
}

/** @throws {OptionsError} naming the option, unless it is a function or left out */
export function checkFunction(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') throw new OptionsError(`\`${name}\` must be a function.`);
}

/** An object of hooks may have members of its own, but none that looks like a hook with a typing error. */
function checkHooks(hooks: unknown): asserts hooks is Hooks {
  if (typeof hooks !== 'object' || hooks === null) throw new OptionsError('hooks must be an object of functions');
  for (const name of hookNames) checkFunction(`hooks.${name}`, (hooks as Hooks)[name]);
  const parent = Object.getPrototypeOf(hooks);
  const isPlain = parent === null || parent === Object.prototype;
  const inherited = isPlain ? [] : Object.getOwnPropertyNames(parent);
  for (const name of [...Object.keys(hooks), ...inherited]) {
    const looksLikeHook = /^on/i.test(name) && typeof Reflect.get(hooks, name) === 'function';
    if (looksLikeHook && (isPlain || nearest(name, hookNames))) checkName(name, hookNames, 'hook');
  }
}

function checkTokenStore(store: unknown): void {
  if (store === undefined) return;
  const { get, set, delete: remove, lock }: Partial<TokenStore> = Object(store);
  if (![get, set, remove].every((member) => typeof member === 'function')) {
    throw new OptionsError('`tokenStore` must implement get, set and delete.');
  }
  checkFunction('tokenStore.lock', lock);
}

/**
 * Checks that options are an object, and that it has no member that would be passed over, as one with a typing error.
 *
 * @param known the names that it may have; any where left out
 * @param what the name of the argument
 * @throws {OptionsError} with the nearest right name
 */
export function checkNames(options: unknown, known: readonly string[] | undefined, what = 'options'): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options) || isSignal(options)) {
    const pass = isSignal(options) ? ' Pass the signal as { signal }.' : '';
    throw new OptionsError(`\`${what}\` must be an object.${pass}`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (known && value !== undefined) checkName(name, known, what === 'options' ? 'option' : `member of \`${what}\``);
  }
}

function checkName(name: string, known: readonly string[], kind: string): void {
  if (known.includes(name)) return;
  const right = nearest(name, known);
  const advice = right ? `Did you mean \`${right}\`?` : `Known are ${known.map((each) => `\`${each}\``).join(', ')}.`;
  // A name may be anything in plain JavaScript, a value that stands in the wrong place too.
  const quoted = /^[A-Za-z_]\w{0,31}$/.test(name) ? ` \`${name}\`` : '';
  throw new OptionsError(`Unknown ${kind}${quoted}. ${advice}`);
}

function isSignal(value: unknown): value is AbortSignal {
  if (typeof value !== 'object' || value === null) return false;
  const { aborted, addEventListener }: Partial<AbortSignal> = value;
  return typeof aborted === 'boolean' && typeof addEventListener === 'function';
}

function checkedSignal(signal: unknown): AbortSignal {
  if (isSignal(signal)) return signal;
  const isController = isSignal(Object(signal).signal);
  throw new OptionsError(
    `\`signal\` must be an AbortSignal${isController ? ': pass controller.signal, not the controller' : ''}.`,
  );
}

/** What of a call's options goes on to the layers: nothing else can lead around them. */
export interface CheckedCall {
  signal?: AbortSignal;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

/**
 * Takes the options of a call by name, and finds what the platform would refuse with the value in its message.
 *
 * @throws {OptionsError} naming the option
 */
export function checkedCall(options: CallOptions = {}, known: readonly string[] = callNames): CheckedCall {
  checkNames(options, known);
  const { signal, headers, timeoutMs } = options;
  return {
    ...(signal !== undefined && { signal: checkedSignal(signal) }),
    ...(headers !== undefined && { headers: checkedHeaders(headers) }),
    ...(timeoutMs !== undefined && { timeoutMs: checkedDuration('timeoutMs', timeoutMs) }),
  };
}

/** Fields of the connection itself: the transport sets them, and refuses or breaks a request that has its own. */
const connectionFields = ['content-length', 'expect', 'keep-alive', 'transfer-encoding', 'upgrade'];

/** @throws {OptionsError} naming the header, never its value */
export function checkedHeaders(headers: unknown): Record<string, string> {
  if (typeof headers !== 'object' || headers === null || Symbol.iterator in headers !== headers instanceof Headers) {
    throw new OptionsError('headers must be an object of names and values');
  }
  const entries: [string, unknown][] = headers instanceof Headers ? [...headers] : Object.entries(headers);
  for (const [name, value] of entries) {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) throw new OptionsError('headers holds a name that no header may have');
    if (typeof value !== 'string' || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new OptionsError(`the value of header ${name} cannot be sent`);
    }
    if (isOfConnection(name.toLowerCase(), value)) {
      throw new OptionsError(`Header ${name} is set by the connection: leave it out.`);
    }
  }
  return Object.fromEntries(entries) as Record<string, string>;
}

function isOfConnection(name: string, value: string): boolean {
  if (name === 'connection') return !/^(close|keep-alive)$/i.test(value);
  return connectionFields.includes(name);
}
