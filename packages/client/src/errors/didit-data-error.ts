export interface ErrorDetails {
  /** The contract's operationId, for example `getSessionDecision`. */
  readonly operation?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The root of every error that this package throws. Shows no secret or token, nothing that the caller sent, and nothing
 * of a 2xx body. A message quotes an error response in short, without what looks like a token, an e-mail address or a
 * phone number.
 */
export class DiditDataError extends Error {
  /** The operation that failed: an operationId of the contract, for example `getSessionDecision`. */
  declare readonly operation?: string;

  constructor(message: string, { operation, cause }: ErrorDetails = {}) {
    super(operation === undefined ? message : `${operation}: ${message}`, cause === undefined ? undefined : { cause });
    if (operation !== undefined) this.operation = operation;
    // Some libraries set `name`: a property can be set, a getter alone would throw.
    Object.defineProperty(this, 'name', { value: this.name, configurable: true, writable: true });
  }

  override get name(): string {
    return 'DiditDataError';
  }
}
