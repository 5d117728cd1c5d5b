import { DiditDataError, type ErrorDetails } from './didit-data-error.ts';
import { inWords } from './wording.ts';

/**
 * No response: the connection was refused, reset or cut off, or the name did not resolve. `cause` is a copy of the
 * platform's error and of its own causes, without the bytes, requests and sockets that such errors may hold.
 */
export class ConnectionError extends DiditDataError {
  /** Whether no connection was made, so that nothing can have happened at the service. */
  readonly refused: boolean;
  /**
   * Whether another attempt cannot help: a certificate that is not accepted, a transport that was closed, a request
   * that cannot be sent as it is.
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

/** A time limit passed: of an attempt, body included, of a wait for a token, or of a wait for a decision. */
export class TimeoutError extends DiditDataError {
  /** The limit that was passed, in milliseconds. */
  readonly timeoutMs: number;

  constructor(timeoutMs: number, { message, ...details }: ErrorDetails & { message?: string } = {}) {
    const slow = `No complete response within ${inWords(timeoutMs)}. Raise \`timeoutMs\` if the service is slow.`;
    super(message ?? slow, details);
    this.timeoutMs = timeoutMs;
  }

  override get name(): 'TimeoutError' {
    return 'TimeoutError';
  }
}

/** The client has been closed: it sends nothing more, and has ended the calls that were under way. */
export class ClientClosedError extends DiditDataError {
  override get name(): 'ClientClosedError' {
    return 'ClientClosedError';
  }
}
