import { harmless, type TokenEvent } from '../http/hooks.ts';
import type { IssuedToken } from './access-token.ts';

/** Keeps one token and asks for the next. */
export interface TokenCache {
  /** @returns the token to use now, at once where there is one */
  get(): IssuedToken | Promise<IssuedToken>;
  /** Forgets a token that was refused. Does nothing when the one in use is already another. */
  invalidate(token: string): void;
}

/** A new token, and how far the service's clock is ahead of this machine's. */
export interface Issued {
  readonly token: IssuedToken;
  readonly clockOffsetMs: number;
}

/** Whether a token is worth taking: it has most of its life before it, or at least it can `still` serve. */
type IsUsable = (token: IssuedToken, least?: 'still') => boolean;

/** Where tokens are shared with other processes. */
export interface SharedTokens {
  /**
   * Gives a usable token from the store, or else asks for one while no other process does. Where asking fails, one
   * from the store that can still serve will do.
   */
  obtain(request: () => Promise<IssuedToken>, isUsable: IsUsable): Promise<IssuedToken>;
  /** Removes a refused token from the store, unless there is already another. */
  discard(token: string): void;
}

/** Options of {@link createTokenCache}. */
export interface TokenCacheOptions {
  /** Asks the service for a token. */
  readonly request: () => Promise<Issued>;
  /** This long before its end a token is renewed in the background while it still serves. */
  readonly refreshAheadMs: number;
  /** This long before its end a token no longer serves, and callers wait for the next. */
  readonly expirySkewMs: number;
  /** Where tokens are shared. Default: this cache alone holds them. */
  readonly shared?: SharedTokens | undefined;
  /** Told of what happens to the token. */
  readonly onToken?: ((event: TokenEvent) => void) | undefined;
}

/** A renewal in the background that failed is tried again after this long at first, and at most after this long. */
const firstBackoffMs = 1_000;
const longestBackoffMs = 60_000;

/**
 * A token is used as it is, then renewed in the background, then waited for:
 *
 * | time | what `get` does |
 * |---|---|
 * | until `refreshAheadMs` before the end, or a fifth of the token's life if that is shorter | gives the token |
 * | from then on | gives the token, and renews it in the background |
 * | from `expirySkewMs` before the end, or a tenth of its life | waits for the next token |
 *
 * Any number of callers make one request: there is never more than one under way, and all wait for that one.
 */
export function createTokenCache(options: TokenCacheOptions): TokenCache {
  const { shared } = options;
  const { onToken } = harmless(options);
  let held: IssuedToken | undefined;
  let refused: string | undefined;
  let flight: Promise<IssuedToken> | undefined;
  let clockOffsetMs = 0;
  let failures = 0;
  let notBefore = 0;

  const now = () => Date.now() + clockOffsetMs;
  const refreshAt = (token: IssuedToken) => token.expiresAt - Math.min(options.refreshAheadMs, token.lifetimeMs / 5);
  const usableUntil = (token: IssuedToken) => token.expiresAt - Math.min(options.expirySkewMs, token.lifetimeMs / 10);

  async function request(): Promise<IssuedToken> {
    const issued = await options.request();
    clockOffsetMs = issued.clockOffsetMs;
    onToken?.({ type: 'issued', expiresAt: issued.token.expiresAt });
    return issued.token;
  }

  const isUsable: IsUsable = (token, least) =>
    token.token !== refused &&
    token.token !== held?.token && // the one that is to be replaced
    now() < (least ? usableUntil(token) : refreshAt(token));

  async function renew(): Promise<IssuedToken> {
    try {
      held = await (shared ? shared.obtain(request, isUsable) : request());
      failures = 0;
      return held;
    } catch (error) {
      notBefore = Date.now() + Math.min(longestBackoffMs, firstBackoffMs * 2 ** failures);
      failures += 1;
      throw error;
    } finally {
      flight = undefined;
    }
  }

  function renewInBackground(): void {
    if (flight || Date.now() < notBefore) return;
    flight = renew();
    flight.catch((error: unknown) => {
      onToken?.({ type: 'renewal-failed', error: error instanceof Error ? error.name : 'Error' });
    });
  }

  return {
    get() {
      if (held && now() < usableUntil(held)) {
        if (now() >= refreshAt(held)) renewInBackground();
        return held;
      }
      flight ??= renew();
      return flight;
    },

    invalidate(token) {
      if (held?.token !== token) return;
      held = undefined;
      refused = token;
      shared?.discard(token);
      onToken?.({ type: 'invalidated' });
    },
  };
}
