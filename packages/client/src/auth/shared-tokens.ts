import { sleep, unlessAborted } from '../http/abort.ts';
import type { TokenEvent } from '../http/hooks.ts';
import type { IssuedToken } from './client-credentials.ts';
import { createSeal, type Seal } from './seal.ts';
import type { SharedTokens } from './token-cache.ts';
import type { TokenStore } from './token-store.ts';

export { createSeal };

/** A store that does not answer within this time has failed. */
const storeLimit = { ms: 1_000, error: () => new Error('The token store is slow.') };
/** How long other processes wait for a token request before they make their own. */
const lockMs = 10_000;
const pollMs = 50;

export interface SharedTokensOptions {
  readonly store: TokenStore;
  readonly seal: Seal;
  readonly onToken?: ((event: TokenEvent) => void) | undefined;
}

/** Shares tokens through a store. Even if the store fails, `obtain` ends with a token or with the request's own error. */
export function createSharedTokens({ store, seal, onToken }: SharedTokensOptions): SharedTokens {
  let failing = false;
  let known: { readonly token: string; readonly sealed: string } | undefined;
  let unreadable: string | undefined;

  const report = (error: unknown) =>
    onToken?.({ type: 'store-failed', error: error instanceof Error ? error.name : 'Error' });

  /** Runs a store call with a time limit. On failure, reports it and returns `undefined`; an abort is thrown. */
  async function tolerant<T>(action: () => Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
    try {
      const result = await unlessAborted((async () => action())(), signal, storeLimit);
      failing = false;
      return result;
    } catch (error) {
      signal?.throwIfAborted();
      failing = true;
      report(error);
      return undefined;
    }
  }

  /** Treats an entry that cannot be decrypted as missing: the store itself works, and so does the lock. */
  async function load(signal: AbortSignal): Promise<IssuedToken | undefined> {
    const sealed = await tolerant(async () => store.get(await seal.key()), signal);
    if (!sealed || sealed === unreadable) return undefined;
    try {
      const token = parse(await seal.open(sealed));
      known = { token: token.token, sealed };
      return token;
    } catch (error) {
      unreadable = sealed;
      report(error);
      return undefined;
    }
  }

  const save = (token: IssuedToken) =>
    tolerant(async () => {
      const sealed = await seal.seal(JSON.stringify(token));
      await store.set(await seal.key(), sealed, token.lifetimeMs);
      known = { token: token.token, sealed };
    });

  async function loadUsable(
    isUsable: (token: IssuedToken) => boolean,
    signal: AbortSignal,
  ): Promise<IssuedToken | undefined> {
    const token = await load(signal);
    if (!token || !isUsable(token)) return undefined;
    onToken?.({ type: 'shared', expiresAt: token.expiresAt });
    return token;
  }

  return {
    async obtain(request, isUsable, signal) {
      const found = await loadUsable(isUsable, signal);
      if (found) return found;

      const end = Date.now() + lockMs;
      let release: (() => Promise<unknown>) | undefined;
      while (store.lock && !failing && Date.now() < end) {
        const taking = (async () => (await store.lock?.(`${await seal.key()}:lock`, lockMs)) ?? ('held' as const))();
        let taken: Awaited<typeof taking> | undefined;
        try {
          taken = await tolerant(() => taking, signal);
        } finally {
          if (taken === undefined) releaseLate(taking);
        }
        if (taken !== 'held') {
          release = taken; // undefined if the store failed: then no process is waited for
          break;
        }
        await sleep(pollMs * (1 + Math.random()), signal);
        const others = await loadUsable(isUsable, signal);
        if (others) return others;
      }
      try {
        const others = release && (await loadUsable(isUsable, signal)); // stored between the first look and the lock
        if (others) return others;
        const token = await request();
        const saved = save(token);
        if (!failing) await saved; // do not let callers wait for a store that fails
        return token;
      } catch (error) {
        const spare = await load(signal);
        if (spare && isUsable(spare, 'still')) return spare;
        throw error;
      } finally {
        const released = release && tolerant(release);
        if (!failing) await released;
      }
    },

    discard(token) {
      const entry = known?.token === token ? known : undefined;
      if (entry) tolerant(async () => store.delete(await seal.key(), entry.sealed));
    },
  };
}

/** Releases a lock that arrives after its wait has ended. */
function releaseLate(taking: Promise<'held' | (() => Promise<unknown>)>): void {
  taking.then((late) => late !== 'held' && late()).catch(() => {});
}

function parse(text: string): IssuedToken {
  const { token, expiresAt, lifetimeMs } = JSON.parse(text);
  if (typeof token !== 'string' || !Number.isFinite(expiresAt) || !Number.isFinite(lifetimeMs)) {
    throw new Error('not a token');
  }
  return { token, expiresAt, lifetimeMs };
}
