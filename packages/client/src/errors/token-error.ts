import { ApiError } from './api-errors.ts';
import { type RefusalDetails, ResponseError } from './response-error.ts';

/** The token request was refused, or its response is not a usable token. `operation` is `issueToken`. */
export class TokenError extends ResponseError {
  /** The OAuth error code, for example `invalid_client`, where there is one. */
  declare readonly code?: string;
  /** How long the service asks to wait, in milliseconds, where it asks for a pause. */
  declare readonly retryAfterMs?: number;

  constructor(message: string, details: Omit<RefusalDetails, 'operation'>) {
    super(message, { ...details, operation: 'issueToken' });
  }

  override get name(): 'TokenError' {
    return 'TokenError';
  }
}

/** Whether the service refused the credentials themselves: another request with the same ones will not help. */
export function isRefusal(error: unknown): error is TokenError {
  return error instanceof TokenError && [400, 401, 403].includes(error.status ?? 0);
}

/** @returns how long a service that is overloaded or down asks to wait, in milliseconds; else 0 */
export function retryAfterOf(error: unknown): number {
  const mayAsk = error instanceof ApiError || error instanceof TokenError;
  return (mayAsk && (error.status === 429 || (error.status ?? 0) >= 500) && error.retryAfterMs) || 0;
}
