import { isRefusal, type TokenError } from '../errors/token-error.ts';
import { onAbort, unlessAborted, type WaitLimit } from '../http/abort.ts';
import { nameOf, type TokenEvent } from '../http/hooks.ts';
import { createBackoff } from './backoff.ts';
import type { Issued, IssuedToken } from './client-credentials.ts';

/** Keeps one token and requests the next. */
export interface TokenCache {
  /**
   * @param signal ends this caller's wait; the request ends with the last caller's wait
   * @param limit bounds this caller's wait
   * @returns the token to use now, without a promise if there is one
   * @throws {TokenError} when the credentials were refused a moment ago; sends nothing until the pause has passed
   */
  get(signal?: AbortSignal, limit?: WaitLimit): IssuedToken | Promise<IssuedToken>;
  /**
   * Forgets a token that was refused. Does nothing when another token is already in use, or when a new token did not
   * help a moment ago.
   *
   * @param isReplacement whether the token was requested because of a refusal: then a new one does not help, and none is
   * requested until a pause has passed
   */
  invalidate(token: string, isReplacement?: boolean): void;
}

/** Whether a token can be used: it needs no renewal yet, or at least it can `still` be used. */
type IsUsable = (token: IssuedToken, least?: 'still') => boolean;

/** Where tokens are shared with other processes. */
export interface SharedTokens {
  /**
   * Returns a usable token from the store, or else requests one while no other process does. When the request fails,
   * returns a token from the store that can still be used.
   *
   * @throws the signal's reason, when it aborts
   */
  obtain(request: () => Promise<IssuedToken>, isUsable: IsUsable, signal: AbortSignal): Promise<IssuedToken>;
  /** Removes a refused token from the store, unless there is already another. */
  discard(token: string): void;
}

/** Options of {@link createTokenCache}. */
export interface TokenCacheOptions {
  /** Requests a token from the service, until the signal aborts. */
  readonly request: (signal: AbortSignal) => Promise<Issued>;
  /** How long before its end a token is renewed in the background, in milliseconds. */
  readonly refreshAheadMs: number;
  /** How long before its end a token is no longer used, in milliseconds: callers wait for the next. */
  readonly expirySkewMs: number;
  /** Where tokens are shared. Default: this cache alone holds them. */
  readonly shared?: SharedTokens | undefined;
  /** Called when something happens to the token; must not throw. */
  readonly onToken?: ((event: TokenEvent) => void) | undefined;
  /** Ends the cache: the pending request ends, and no other begins. */
  readonly signal?: AbortSignal | undefined;
}

/** The longest pause after a renewal in the background that failed. */
const longestRenewalPauseMs = 60_000;
/** The longest pause after the service refused the credentials, or a token that it had just issued. */
const longestRefusalPauseMs = 30_000;
/** How many refused tokens are remembered: a store that cannot be written returns an old one repeatedly. */
const mostRefused = 20;

/** A token request, and how many callers wait for it. */
interface Flight {
  token: Promise<IssuedToken>;
  waiting: number;
  readonly controller: AbortController;
}

/**
 * A token is used as it is, then renewed in the background, then waited for:
 *
 * | time | what `get` does |
 * |---|---|
 * | until `refreshAheadMs` before the end, or a fifth of the token's life if that is shorter | returns the token |
 * | from then on | returns the token, and renews it in the background |
 * | from `expirySkewMs` before the end, or a tenth of its life | waits for the next token |
 *
 * There is never more than one request, and all callers wait for it. When the last of them has left, the request ends,
 * unless it renews a token that can still be used.
 *
 * When a request does not help, the cache pauses, for 1 s at first and for up to 30 s: after the service refused the
 * credentials, calls fail with that error; after it refused a token that it had just issued, that token stays.
 */
export function createTokenCache(options: TokenCacheOptions): TokenCache {
  const { shared, signal: end, onToken } = options;
  let held: IssuedToken | undefined;
  let flight: Flight | undefined;
  let clockOffsetMs = 0;
  let refusal: TokenError | undefined;
  const refused = new Set<string>();
  const renewals = createBackoff(longestRenewalPauseMs);
  const refusals = createBackoff(longestRefusalPauseMs);
  const replacements = createBackoff(longestRefusalPauseMs);

  const now = () => Date.now() + clockOffsetMs;
  const refreshAt = (token: IssuedToken) => token.expiresAt - Math.min(options.refreshAheadMs, token.lifetimeMs / 5);
  const usableUntil = (token: IssuedToken) => token.expiresAt - Math.min(options.expirySkewMs, token.lifetimeMs / 10);
  const serving = () => (held && now() < usableUntil(held) ? held : undefined);

  /** Keeps the latest: those that were refused, or that the store has returned again since. */
  function remember(token: string): void {
    refused.delete(token);
    refused.add(token);
    const [oldest] = refused;
    if (refused.size > mostRefused && oldest !== undefined) refused.delete(oldest);
  }

  const isUsable: IsUsable = (token, least) => {
    if (refused.has(token.token)) {
      remember(token.token);
      return false;
    }
    if (token.token === held?.token) return false; // the one to replace
    return now() < (least ? usableUntil(token) : refreshAt(token));
  };

  async function request(signal: AbortSignal): Promise<IssuedToken> {
    const issued = await options.request(signal);
    clockOffsetMs = issued.clockOffsetMs;
    onToken?.({ type: 'issued', expiresAt: issued.token.expiresAt });
    return issued.token;
  }

  function begin(): Flight {
    const controller = new AbortController();
    const stopWaiting = end && onAbort(end, () => controller.abort(end.reason));
    const begun = { waiting: 0, controller } as Flight;
    flight = begun; // before `renew`, which may clear it immediately
    begun.token = renew(begun).finally(() => stopWaiting?.());
    begun.token.catch(() => {}); // there may be no caller to handle it
    return begun;
  }

  async function renew(mine: Flight): Promise<IssuedToken> {
    const { signal } = mine.controller;
    try {
      const token = await (shared ? shared.obtain(() => request(signal), isUsable, signal) : request(signal));
      signal.throwIfAborted(); // the request may not listen to its signal
      held = token;
      renewals.reset();
      refusals.reset();
      return token;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      renewals.begin();
      if (isRefusal(error)) {
        refusals.begin();
        refusal = error;
      }
      throw error;
    } finally {
      if (flight === mine) flight = undefined;
    }
  }

  function renewInBackground(): void {
    if (flight || renewals.isOn || end?.aborted) return;
    const { token, controller } = begin();
    token.catch((error: unknown) => {
      if (controller.signal.aborted) return;
      onToken?.({ type: 'renewal-failed', error: nameOf(error) });
    });
  }

  async function next(signal: AbortSignal | undefined, limit: WaitLimit | undefined): Promise<IssuedToken> {
    end?.throwIfAborted();
    if (!flight) {
      signal?.throwIfAborted();
      if (refusal && refusals.isOn) throw refusal;
    }
    const joined = flight ?? begin();
    joined.waiting += 1;
    try {
      return await unlessAborted(joined.token, signal, limit);
    } finally {
      joined.waiting -= 1;
      if (joined.waiting === 0 && joined === flight && !serving()) {
        flight = undefined;
        joined.controller.abort(new DOMException('No call waits for the token any more.', 'AbortError'));
      }
    }
  }

  return {
    get(signal, limit) {
      const token = serving();
      if (!token) return next(signal, limit);
      if (now() >= refreshAt(token)) renewInBackground();
      return token;
    },

    invalidate(token, isReplacement = false) {
      if (held?.token !== token || replacements.isOn) return;
      if (isReplacement) return replacements.begin();
      held = undefined;
      remember(token);
      shared?.discard(token);
      onToken?.({ type: 'invalidated' });
    },
  };
}
