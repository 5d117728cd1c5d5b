import { DiditDataError, type ErrorDetails } from './didit-data-error.ts';

export interface ResponseDetails extends ErrorDetails {
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly body?: unknown;
}

/** The bodies of errors, where `inspect` and loggers do not look. */
const bodies = new WeakMap<DiditDataError, unknown>();

/** An error that a response gave rise to. */
export class ResponseError extends DiditDataError {
  /** HTTP status. */
  declare readonly status?: number;
  /** The service's id of the request, where it gave one: quote it to the vendor. */
  declare readonly requestId?: string;
  constructor(message: string, { status, requestId, body, ...details }: ResponseDetails) {
    super(message, details);
    if (status !== undefined) this.status = status;
    if (requestId !== undefined) this.requestId = requestId;
    bodies.set(this, body);
  }

  /**
   * The body as it came, but for the credentials that were sent: parsed if it is JSON, else text. It may hold personal
   * data, so nothing shows it that does not ask for it by name.
   */
  get body(): unknown {
    return bodies.get(this);
  }
}

/** @returns the same error once more, so that each of those who waited for one thing gets a stack of its own */
export function copyOfError<E extends DiditDataError>(error: E): E {
  const copy: E = Object.setPrototypeOf(new Error(error.message), Object.getPrototypeOf(error));
  const { stack: _, ...members } = Object.getOwnPropertyDescriptors(error);
  if (bodies.has(error)) bodies.set(copy, bodies.get(error));
  return Object.defineProperties(copy, members);
}
