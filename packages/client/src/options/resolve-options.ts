import type { ClientCredentials } from '../auth/client-credentials.ts';
import type { TokenStore } from '../auth/token-store.ts';
import { must, OptionsError } from '../errors/options-error.ts';
import { globalFetch, type Transport } from '../http/global-fetch.ts';
import { checkHeaderValue } from '../http/header-value.ts';
import { type Hooks, harmless, hookNames } from '../http/hooks.ts';
import { checkedCount, checkedDuration, checkFunction, checkName, checkNames } from './check.ts';
import { type ClientOptions, clientNames } from './client-options.ts';
import { nearest } from './nearest.ts';

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

/** @throws {OptionsError} when an option cannot work */
export function resolveOptions(options: ClientOptions): ResolvedOptions {
  checkNames(options, clientNames);
  checkCredentials(options);
  const {
    fetch = globalFetch,
    hooks = {},
    tokenStore,
    dangerouslyAllowBrowser = false,
    baseUrl = 'https://apx.didit.me',
    validation = 'throw',
    timeoutMs = 30_000,
    maxRetries = 2,
    refreshAheadMs = 300_000,
    expirySkewMs = 30_000,
  } = options;
  must(typeof fetch === 'function', 'fetch', 'be a function');
  must(['throw', 'report'].includes(validation), 'validation', "be 'throw' or 'report'");
  checkHooks(hooks);
  checkTokenStore(tokenStore);
  must(typeof dangerouslyAllowBrowser === 'boolean', 'dangerouslyAllowBrowser', 'be true or false');
  if (tokenStore && options.clientSecret === undefined) {
    throw new OptionsError('`tokenStore` needs `clientId` and `clientSecret`, which seal its entries.');
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

interface BrowserGlobals {
  readonly window?: unknown;
  readonly document?: unknown;
  readonly WorkerGlobalScope?: unknown;
  readonly navigator?: { readonly userAgent?: string };
}

function checkCredentials(options: ClientOptions): void {
  const { clientId, clientSecret, apiKey, accessToken } = options;
  const hasClient = clientId !== undefined || clientSecret !== undefined;
  const given = [hasClient, apiKey !== undefined, accessToken !== undefined].filter(Boolean).length;
  if (given !== 1) {
    const what = given === 0 ? 'No' : 'More than one';
    throw new OptionsError(
      `${what} credential. Pass \`clientId\` and \`clientSecret\`, \`apiKey\` or \`accessToken\`.`,
    );
  }
  if (hasClient) checkClient({ clientId, clientSecret } as ClientCredentials);
  if (apiKey !== undefined) checkHeaderValue('apiKey', apiKey);
  if (accessToken !== undefined && typeof accessToken !== 'function') checkHeaderValue('accessToken', accessToken);
  if (accessToken === undefined && isBrowser() && options.dangerouslyAllowBrowser !== true) {
    throw new OptionsError(
      'This is a browser, where everyone can read the secret. Create the client on your server, or set `dangerouslyAllowBrowser`.',
    );
  }
}

/** A page or one of its workers. Server runtimes have some of these names too, but none calls itself Mozilla. */
function isBrowser(): boolean {
  const { window, document, WorkerGlobalScope, navigator }: BrowserGlobals = globalThis;
  if (window !== undefined && document !== undefined) return true;
  return WorkerGlobalScope !== undefined && navigator?.userAgent?.startsWith('Mozilla/') === true;
}

function checkClient({ clientId, clientSecret }: ClientCredentials): void {
  for (const [name, value] of Object.entries({ clientId, clientSecret })) {
    must(typeof value === 'string' && value !== '', name, 'be a non-empty string');
    must(value === value.trim(), name, 'not begin or end with white space'); // as a value read from a file may
  }
  must(!clientId.includes(':'), 'clientId', 'not contain a colon');
}

function checkedBaseUrl(value: string | URL): string {
  const url = parsedUrl(value);
  must(url !== undefined, 'baseUrl', 'be a URL');
  const { protocol, username, password, href, hostname } = url;
  must(/^https?:$/.test(protocol), 'baseUrl', 'begin with https://, or with http:// on loopback');
  must(!username && !password, 'baseUrl', 'not hold credentials');
  must(!/[?#]/.test(href), 'baseUrl', 'not have a query or a fragment');
  // Over http, credentials would travel unencrypted.
  must(protocol === 'https:' || isLoopback(hostname), 'baseUrl', 'be https, or http on loopback');
  return href.replace(/\/+$/, '');
}

function parsedUrl(value: string | URL): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(hostname);
}

/** An object of hooks may have members of its own, but none that looks like a hook with a typing error. */
function checkHooks(hooks: unknown): asserts hooks is Hooks {
  must(typeof hooks === 'object' && hooks !== null, 'hooks', 'be an object of functions');
  for (const name of hookNames) checkFunction(`hooks.${name}`, (hooks as Hooks)[name]);
  const parent = Object.getPrototypeOf(hooks);
  const isPlain = parent === null || parent === Object.prototype;
  const inherited = isPlain ? [] : Object.getOwnPropertyNames(parent);
  for (const name of [...Object.keys(hooks as Hooks), ...inherited]) {
    const looksLikeHook = /^on/i.test(name) && typeof Reflect.get(hooks as Hooks, name) === 'function';
    if (looksLikeHook && (isPlain || nearest(name, hookNames))) checkName(name, hookNames, 'hook');
  }
}

function checkTokenStore(store: unknown): void {
  if (store === undefined) return;
  const { get, set, delete: remove, lock }: Partial<TokenStore> = Object(store);
  const isComplete = [get, set, remove].every((member) => typeof member === 'function');
  must(isComplete, 'tokenStore', 'implement get, set and delete');
  checkFunction('tokenStore.lock', lock);
}
