import { sleep, unlessAborted } from '../http/abort.ts';
import type { TokenEvent } from '../http/hooks.ts';
import type { IssuedToken } from './client-credentials.ts';
import { createSeal, type Seal } from './seal.ts';
import type { SharedTokens } from './token-cache.ts';
import type { TokenStore } from './token-store.ts';

export { createSeal };

/** A store that does not answer within this time is treated as one that failed. */
const storeLimit = { ms: 1_000, error: () => new Error('The token store is slow.') };
/** Others wait this long for the outcome of a token request; one that takes longer they make as well. */
const lockMs = 10_000;
const pollMs = 50;

export interface SharedTokensOptions {
  readonly store: TokenStore;
  readonly seal: Seal;
  readonly onToken?: ((event: TokenEvent) => void) | undefined;
}

/** Shares tokens through a store. Whatever the store does, `obtain` ends with a token or with the request's own error. */
export function createSharedTokens({ store, seal, onToken }: SharedTokensOptions): SharedTokens {
  let failing = false;
  let known: { readonly token: string; readonly sealed: string } | undefined;
  let unreadable: string | undefined;

  const tell = (error: unknown) =>
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
      tell(error);
      return undefined;
    }
  }

  /** An entry that does not open is as good as none: the store works, and the lock is worth as much as ever. */
  async function load(signal: AbortSignal): Promise<IssuedToken | undefined> {
    const sealed = await tolerant(async () => store.get(await seal.key()), signal);
    if (!sealed || sealed === unreadable) return undefined;
    try {
      const token = parse(await seal.open(sealed));
      known = { token: token.token, sealed };
      return token;
    } catch (error) {
      unreadable = sealed;
      tell(error);
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
          if (taken === undefined) giveBackLate(taking);
        }
        if (taken !== 'held') {
          release = taken; // or the store failed, and nobody is waited for
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
        if (!failing) await saved; // the token is there: nobody waits for a store that is in trouble
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

/** A lock that was given after it was waited for is nobody's. */
function giveBackLate(taking: Promise<'held' | (() => Promise<unknown>)>): void {
  taking.then((late) => late !== 'held' && late()).catch(() => {});
}

function parse(text: string): IssuedToken {
  const { token, expiresAt, lifetimeMs } = JSON.parse(text);
  if (typeof token !== 'string' || !Number.isFinite(expiresAt) || !Number.isFinite(lifetimeMs)) {
    throw new Error('not a token');
  }
  return { token, expiresAt, lifetimeMs };
}
