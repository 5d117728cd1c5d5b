import type { ClientCredentials } from '../auth/client-credentials.ts';
import type { TokenStore } from '../auth/token-store.ts';
import { OptionsError } from '../errors/didit-data-error.ts';
import { globalFetch, type Transport } from '../http/global-fetch.ts';
import { checkHeaderValue } from '../http/header-value.ts';
import { type Hooks, harmless, hookNames } from '../http/hooks.ts';
import { checkedCount, checkedDuration, checkFunction, checkName, checkNames } from './check.ts';
import { type ClientOptions, clientNames } from './client-options.ts';
import { nearest } from './nearest.ts';

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
