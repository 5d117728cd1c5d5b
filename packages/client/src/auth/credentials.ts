import { unlessAborted } from '../http/abort.ts';
import { checkHeaderValue } from '../http/header-value.ts';
import type { Credential } from '../http/with-auth.ts';
import type { TokenCache } from './token-cache.ts';

/** The API key, on every request. */
export function apiKeyCredential(apiKey: string): Credential {
  return {
    authorize(headers) {
      headers.set('x-api-key', apiKey);
      return undefined;
    },
  };
}

/** A bearer token from the cache. A caller that aborts during the token request does not end it for the others. */
export function cachedTokenCredential(cache: TokenCache): Credential {
  return {
    authorize(headers, signal, limit) {
      const token = cache.get(signal, limit);
      if (!(token instanceof Promise)) return bearer(headers, token.token);
      return token.then(({ token }) => bearer(headers, token));
    },
    reject: (token, isReplacement) => cache.invalidate(token, isReplacement),
    prewarm: async () => cache.get(),
  };
}

/** A bearer token of the caller's; a function is called again when the service has refused its token. */
export function suppliedTokenCredential(supply: string | (() => string | Promise<string>)): Credential {
  if (typeof supply === 'string') return { authorize: (headers) => bearer(headers, supply) };
  return {
    async authorize(headers, signal, limit) {
      const token = await unlessAborted((async () => supply())(), signal, limit);
      checkHeaderValue('accessToken', token);
      return bearer(headers, token);
    },
    reject() {},
  };
}

function bearer(headers: Headers, token: string): string {
  headers.set('authorization', `Bearer ${token}`);
  return token;
}
