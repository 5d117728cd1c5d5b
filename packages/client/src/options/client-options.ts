import type { TokenStore } from '../auth/token-store.ts';
import type { Fetch } from '../http/compose.ts';
import type { Hooks } from '../http/hooks.ts';
import { namesOf } from './check.ts';

/** How the client proves who it is: exactly one of three. */
export type CredentialOptions =
  | {
      /** Client id of the application. Must not contain a colon. */
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
      /** A token that you obtain yourself, or a function that returns the current one. */
      readonly accessToken: string | (() => string | Promise<string>);
      readonly clientId?: undefined;
      readonly clientSecret?: undefined;
      readonly apiKey?: undefined;
    };

/** Options of {@link createClient} except the credentials. */
export interface CommonOptions {
  /** URL of the service: https, or http on loopback. Default: `https://apx.didit.me`. */
  readonly baseUrl?: string | URL | undefined;
  /** Used instead of the global `fetch`, which is otherwise looked up at each call. */
  readonly fetch?: Fetch | undefined;
  /**
   * What to do with a 2xx body that breaks the contract. `throw`: the call throws a `ResponseValidationError`.
   * `report`: calls `hooks.onValidation` and returns the body. Members that the contract does not name always pass.
   * Default: `throw`.
   */
  readonly validation?: 'throw' | 'report' | undefined;
  /** Called as things happen, for metrics and tracing. */
  readonly hooks?: Hooks | undefined;
  /** Time limit of each attempt in milliseconds, up to the last byte of the body. Default: 30 000. */
  readonly timeoutMs?: number | undefined;
  /** How often a failed request is sent again at most, where that is safe. Default: 2. */
  readonly maxRetries?: number | undefined;
  /** Where processes share the token; needs a client secret. Default: the client keeps it in memory. */
  readonly tokenStore?: TokenStore | undefined;
  /** How long before its end a token is renewed in the background, in milliseconds. Default: 300 000. */
  readonly refreshAheadMs?: number | undefined;
  /** How long before its end a token is no longer used, in milliseconds. Default: 30 000. */
  readonly expirySkewMs?: number | undefined;
  /** Allows a client with a secret in a browser, where everyone can read the secret. Default: false. */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
}

/** Options of {@link createClient}. */
export type ClientOptions = CredentialOptions & CommonOptions;

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
export const clientNames = ['clientId', 'clientSecret', 'apiKey', 'accessToken', ...commonNames];
