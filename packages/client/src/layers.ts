/** The layers of the client, each a `fetch → fetch` function, for those who build a stack of their own. */
export {
  apiKeyCredential,
  type Credential,
  cachedTokenCredential,
  suppliedTokenCredential,
} from './auth/credentials.ts';
export { createTokenCache, type TokenCache, type TokenCacheOptions } from './auth/token-cache.ts';
export { type CallContext, compose, type Fetch, type Layer } from './http/compose.ts';
export { type DecodeOptions, withDecoding } from './http/decode.ts';
export { type AuthOptions, withAuth } from './http/with-auth.ts';
export { withConnectionErrors } from './http/with-connection-errors.ts';
export { withHooks } from './http/with-hooks.ts';
export { type RetryOptions, withRetry } from './http/with-retry.ts';
export { type TimeoutOptions, withTimeout } from './http/with-timeout.ts';
