/// <reference lib="esnext.disposable" />

import { type ClientCredentials, requestToken } from './auth/client-credentials.ts';
import { apiKeyCredential, cachedTokenCredential, suppliedTokenCredential } from './auth/credentials.ts';
import { createTokenCache, type SharedTokens } from './auth/token-cache.ts';
import { during, rememberCaller } from './errors/during.ts';
import * as generatedValidators from './generated/validators.js';
import { compose, type Fetch } from './http/compose.ts';
import { withDecoding } from './http/decode.ts';
import { type Credential, withAuth } from './http/with-auth.ts';
import { closedError, withClosing } from './http/with-closing.ts';
import { withConnectionErrors } from './http/with-connection-errors.ts';
import { withHooks } from './http/with-hooks.ts';
import { withRetry } from './http/with-retry.ts';
import { withTimeout } from './http/with-timeout.ts';
import type { ClientOptions } from './options/client-options.ts';
import { type ResolvedOptions, resolveOptions } from './options/resolve-options.ts';
import { createPublicRaw, createRaw, type RawClient } from './raw.ts';
import { createSessions, type Sessions } from './sessions.ts';

/** A client of the Auth + Data API. Has a token of its own: two clients share only what you pass to both. */
export interface DiditClient {
  /** The operations in the words of the domain; every failure is a typed error. */
  readonly sessions: Sessions;
  /** The bare typed paths, for what `sessions` does not offer. */
  readonly raw: RawClient;
  /**
   * Obtains a token ahead of the first call, so that the call does not wait for it.
   *
   * @throws {TokenError} when the credentials are refused
   */
  prewarm(): Promise<void>;
  /**
   * Ends every call, wait, timer and token request of this client, so that the process can exit. Further calls throw a
   * `ClientClosedError`. A `fetch` or a token store that you passed stays open. Can be called again.
   */
  close(): Promise<void>;
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** The token response has rules of its own, in auth/. Every other operation of the contract is checked. */
const { issueToken: _, ...validators } = generatedValidators;

/**
 * Makes a client. Sends nothing yet: the first call that needs a token requests one.
 *
 * @throws {OptionsError} when an option cannot work
 *
 * @example
 * const didit = createClient({ clientId, clientSecret });
 * const session = await didit.sessions.create({ scope: ['names', 'email'], vendor_data: 'user-42' });
 * const decision = await didit.sessions.waitForDecision(session);
 * const { names, email } = requireScopes(decision, 'names', 'email');
 */
export function createClient(options: ClientOptions): DiditClient {
  const resolved = resolveOptions(options);
  const closing = new AbortController();
  const answering = answeringFetch(resolved);
  const credential = credentialOf(options, resolved, answering, closing.signal);
  // The token request has a time limit of its own; an `accessToken` function of the caller has none.
  const timeoutMs = options.accessToken === undefined ? undefined : resolved.timeoutMs;
  const fetch = compose(answering, withClosing(closing.signal), withAuth(credential, timeoutMs));
  const raw = createRaw(resolved.baseUrl, fetch, resolved.fetch.Request);
  const close = async () => closing.abort(closedError('issueToken'));
  const client: DiditClient = {
    sessions: createSessions(raw, closing.signal),
    raw: createPublicRaw(raw),
    prewarm: () =>
      during('issueToken', rememberCaller(client.prewarm), async () => {
        if (closing.signal.aborted) throw closedError('issueToken');
        await credential.prewarm?.();
      }),
    close,
    [Symbol.asyncDispose]: close,
  };
  return client;
}

/** All layers except the credential's, the outermost first. Responses come back read, parsed and checked. */
function answeringFetch({ fetch, validation, hooks, timeoutMs, maxRetries }: ResolvedOptions): Fetch {
  return compose(
    fetch,
    withRetry(maxRetries, hooks.onRetry),
    withHooks(hooks),
    withTimeout(timeoutMs),
    withConnectionErrors,
    withDecoding({ validators, validation, onValidation: hooks.onValidation }),
  );
}

function credentialOf(
  options: ClientOptions,
  resolved: ResolvedOptions,
  fetch: Fetch,
  signal: AbortSignal,
): Credential {
  if (options.apiKey !== undefined) return apiKeyCredential(options.apiKey);
  if (options.accessToken !== undefined) return suppliedTokenCredential(options.accessToken);

  const { clientId, clientSecret } = options;
  const { baseUrl, refreshAheadMs, expirySkewMs } = resolved;
  return cachedTokenCredential(
    createTokenCache({
      request: (signal) => requestToken(fetch, baseUrl, { clientId, clientSecret }, signal),
      signal,
      shared: sharedTokens({ clientId, clientSecret }, resolved),
      refreshAheadMs,
      expirySkewMs,
      onToken: resolved.hooks.onToken,
    }),
  );
}

/** Loads the code for store and sealing only if there is a store: most clients have none. */
function sharedTokens(credentials: ClientCredentials, resolved: ResolvedOptions): SharedTokens | undefined {
  const { tokenStore: store, baseUrl, hooks } = resolved;
  if (!store) return undefined;
  let loading: Promise<SharedTokens> | undefined;
  const loaded = () => {
    loading ??= import('./auth/shared-tokens.ts').then(({ createSharedTokens, createSeal }) =>
      createSharedTokens({ store, seal: createSeal(baseUrl, credentials), onToken: hooks.onToken }),
    );
    return loading;
  };
  return {
    obtain: async (...request) => (await loaded()).obtain(...request),
    discard: (token) => void loading?.then((shared) => shared.discard(token)),
  };
}
