import { DiditDataError, type ErrorDetails } from './didit-data-error.ts';

export interface ResponseDetails extends ErrorDetails {
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly body?: unknown;
}

/** What only some of the subclasses have. */
export interface RefusalDetails extends ResponseDetails {
  readonly retryAfterMs?: number | undefined;
  readonly code?: string | undefined;
}

/** The bodies of errors, where `inspect` and loggers do not look. */
const bodies = new WeakMap<DiditDataError, unknown>();

/** An error caused by a response. */
export class ResponseError extends DiditDataError {
  /** HTTP status. */
  declare readonly status?: number;
  /** The service's id of the request, if it sent one: quote it to the vendor. */
  declare readonly requestId?: string;

  constructor(message: string, details: ResponseDetails) {
    super(message, details);
    const { status, requestId, retryAfterMs, code, body }: RefusalDetails = details;
    for (const [name, value] of Object.entries({ status, requestId, code, retryAfterMs })) {
      if (value !== undefined) Object.assign(this, { [name]: value });
    }
    bodies.set(this, body);
  }

  /**
   * The body as it came, without the credentials that were sent: parsed if it is JSON, else a string. It may hold
   * personal data, so that no logger shows it: read it by name.
   */
  get body(): unknown {
    return bodies.get(this);
  }
}

/** @returns a copy: when many calls wait for one token request, each throws an error with a stack of its own */
export function copyOfError<E extends DiditDataError>(error: E): E {
  const copy: E = Object.setPrototypeOf(new Error(error.message), Object.getPrototypeOf(error));
  const { stack: _, ...members } = Object.getOwnPropertyDescriptors(error);
  if (bodies.has(error)) bodies.set(copy, bodies.get(error));
  return Object.defineProperties(copy, members);
}
