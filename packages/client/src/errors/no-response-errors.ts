import { DiditDataError, type ErrorDetails } from './didit-data-error.ts';

/**
 * No response: refused, reset, cut off, or the name did not resolve. `cause` is a copy of the platform's error and of its
 * own causes, without the bytes, requests and sockets that such errors may hold.
 */
export class ConnectionError extends DiditDataError {
  /** Whether no connection came about, so that nothing can have happened at the service. */
  readonly refused: boolean;
  /**
   * Whether trying again cannot help: a certificate that is not accepted, a transport that was closed, a request that
   * cannot be sent as it is.
   */
  readonly permanent: boolean;

  constructor(
    message: string,
    {
      refused = false,
      permanent = false,
      ...details
    }: ErrorDetails & { refused?: boolean | undefined; permanent?: boolean | undefined } = {},
  ) {
    super(message, details);
    this.refused = refused;
    this.permanent = permanent;
  }

  override get name(): 'ConnectionError' {
    return 'ConnectionError';
  }
}

/** An attempt took longer than its time limit, body included. */
export class TimeoutError extends DiditDataError {
  /** The limit that was passed, in milliseconds. */
  readonly timeoutMs: number;

  constructor(timeoutMs: number, { message, ...details }: ErrorDetails & { message?: string } = {}) {
    super(message ?? `no complete response within ${timeoutMs} ms; raise timeoutMs if the service is slow`, details);
    this.timeoutMs = timeoutMs;
  }

  override get name(): 'TimeoutError' {
    return 'TimeoutError';
  }
}
