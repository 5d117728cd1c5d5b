import type { ContractViolation } from '../errors/response-body-errors.ts';

/** A request is about to be sent. The same object comes back with its {@link ResponseEvent}. */
export interface RequestEvent {
  /** The contract's operationId, for example `getSessionDecision`. */
  readonly operation: string;
  /** HTTP method. */
  readonly method: string;
  /** The path template, since the path itself would name a session. */
  readonly route: string;
  /** Name of the service's host. */
  readonly host: string;
  /** Port of the service: the scheme's own if the URL has none. */
  readonly port: number;
  /** How often the request has been sent before. */
  readonly attempt: number;
}

/** A request has ended, with a status or with an error. */
export interface ResponseEvent {
  /** The same object that `onRequest` was called with. */
  readonly request: RequestEvent;
  /** HTTP status, if there was a response. */
  readonly status?: number;
  /** The service's id of the request, if it sent one. */
  readonly requestId?: string;
  /** Name of the error, if there was no usable response: `TimeoutError`, `ConnectionError`, … */
  readonly error?: string;
  /** From sending to the last byte of the body, in milliseconds. */
  readonly durationMs: number;
}

/** A request will be sent again. */
export interface RetryEvent {
  /** The contract's operationId. */
  readonly operation: string;
  /** Which attempt comes next; the first retry is 1. */
  readonly attempt: number;
  /** The wait before it, in milliseconds. */
  readonly delayMs: number;
  /** The status that caused it, if there was a response. */
  readonly status?: number;
  /** Name of the error that caused it, if there was no response. */
  readonly error?: string;
}

/**
 * Something happened to the token.
 *
 * | type | what happened |
 * |---|---|
 * | `issued` | the service issued a token |
 * | `shared` | a token came from the token store |
 * | `invalidated` | the service refused the token in use |
 * | `renewal-failed` | a renewal in the background failed; the token stays in use |
 * | `store-failed` | the token store failed, was slow or returned invalid data; the client continues without it |
 */
export interface TokenEvent {
  /** See the table above. */
  readonly type: 'issued' | 'shared' | 'invalidated' | 'renewal-failed' | 'store-failed';
  /** When the token expires, in ms since the epoch by the service's clock. */
  readonly expiresAt?: number;
  /** Name of the error, if there was one. */
  readonly error?: string;
}

/** A 2xx body breaks the contract. */
export interface ValidationEvent {
  /** The contract's operationId. */
  readonly operation: string;
  /** HTTP status, a 2xx. */
  readonly status: number;
  /** The service's id of the request, if it sent one. */
  readonly requestId?: string;
  /** Where in the body, and which rule. */
  readonly violations: readonly ContractViolation[];
}

/**
 * Called as things happen: enough to build metrics and tracing. Events carry no secret, token or personal data, and
 * a hook that throws or rejects fails no call.
 */
export interface Hooks {
  /** An attempt is about to be sent; token requests too. */
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  /** An attempt has ended, with a response or an error. */
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** A request will be sent again, after a wait. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
  /** Something happened to the token. */
  readonly onToken?: ((event: TokenEvent) => void) | undefined;
  /** A 2xx body breaks the contract. */
  readonly onValidation?: ((event: ValidationEvent) => void) | undefined;
}

/** The members of {@link Hooks}; an object of hooks may have others. */
export const hookNames = ['onRequest', 'onResponse', 'onRetry', 'onToken', 'onValidation'] as const;

/** @returns the same hooks, whose failures nobody sees */
export function harmless(hooks: Hooks): Hooks {
  const safe = (hook: (event: never) => unknown) => async (event: never) => {
    try {
      await hook.call(hooks, event);
    } catch {
      // a hook observes: its failure must not fail a call
    }
  };
  return Object.fromEntries(
    hookNames.flatMap((name) => {
      const hook = hooks[name];
      return hook ? [[name, safe(hook)]] : [];
    }),
  );
}

/** @returns the name of an error, for an event */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
