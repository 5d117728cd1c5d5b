import { describeResponse, redact } from './http/describe-body.ts';
import { retryAfterMs } from './http/retry-after.ts';
import { withoutSentFor } from './http/without-sent.ts';

interface ErrorDetails {
  /** The contract's operationId, for example `getSessionDecision`. */
  readonly operation?: string | undefined;
  readonly cause?: unknown;
}

interface ResponseDetails extends ErrorDetails {
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly body?: unknown;
}

/**
 * The root of every error that this package throws. Shows no secret or token, nothing that the caller sent, and nothing
 * of a success. What the service itself writes into the message of an error status is quoted in short, without what
 * looks like a token, an e-mail address or a phone number.
 */
export class DiditDataError extends Error {
  /** The operation that failed: an operationId of the contract, for example `getSessionDecision`. */
  declare readonly operation?: string;

  constructor(message: string, { operation, cause }: ErrorDetails = {}) {
    super(operation === undefined ? message : `${operation}: ${message}`, cause === undefined ? undefined : { cause });
    if (operation !== undefined) this.operation = operation;
    // A member of its own can be set, as some libraries do; a getter alone would throw.
    Object.defineProperty(this, 'name', { value: this.name, configurable: true, writable: true });
  }

  override get name(): string {
    return 'DiditDataError';
  }
}

/** Options or arguments that cannot work; nothing was sent. */
export class OptionsError extends DiditDataError {
  override get name(): 'OptionsError' {
    return 'OptionsError';
  }
}

/** The client has been closed: nothing more is sent, and what was under way has ended. */
export class ClientClosedError extends DiditDataError {
  override get name(): 'ClientClosedError' {
    return 'ClientClosedError';
  }
}

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

/** The bodies of errors, where `inspect` and loggers do not look. */
const bodies = new WeakMap<DiditDataError, unknown>();

/** An error that a response gave rise to. */
class ResponseError extends DiditDataError {
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

/** The service answered with an error status. The class follows from the status, never from the body. */
export class ApiError extends ResponseError {
  declare readonly status: number;
  /** How long the service asks to wait, in milliseconds, where it said so. */
  declare readonly retryAfterMs?: number;

  constructor(message: string, details: ResponseDetails & { status: number; retryAfterMs?: number | undefined }) {
    super(message, details);
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
  }

  override get name(): string {
    return 'ApiError';
  }
}

/** 400: the request was not understood or not accepted. */
export class BadRequestError extends ApiError {
  override get name(): 'BadRequestError' {
    return 'BadRequestError';
  }
}

/** 401: the credential is wrong or has expired, and a new token did not help. */
export class AuthenticationError extends ApiError {
  override get name(): 'AuthenticationError' {
    return 'AuthenticationError';
  }
}

/** 403: the credential has no permission, or none was sent. */
export class PermissionDeniedError extends ApiError {
  override get name(): 'PermissionDeniedError' {
    return 'PermissionDeniedError';
  }
}

/** 404: there is no such session. */
export class NotFoundError extends ApiError {
  override get name(): 'NotFoundError' {
    return 'NotFoundError';
  }
}

/** 409: the request conflicts with the session's state. */
export class ConflictError extends ApiError {
  override get name(): 'ConflictError' {
    return 'ConflictError';
  }
}

/** 422: the request is well formed and not accepted. */
export class UnprocessableEntityError extends ApiError {
  override get name(): 'UnprocessableEntityError' {
    return 'UnprocessableEntityError';
  }
}

/** 429: too many requests. */
export class RateLimitError extends ApiError {
  override get name(): 'RateLimitError' {
    return 'RateLimitError';
  }
}

/** 5xx: the service, or a proxy before it, failed. */
export class ServerError extends ApiError {
  override get name(): 'ServerError' {
    return 'ServerError';
  }
}

/** The token request was refused, or its response is no usable token. `operation` is `issueToken`. */
export class TokenError extends ResponseError {
  /** The OAuth error code, for example `invalid_client`, where there is one. */
  declare readonly code?: string;
  /** How long the service asks to wait, in milliseconds, where it said so. */
  declare readonly retryAfterMs?: number;

  constructor(
    message: string,
    {
      code,
      retryAfterMs,
      ...details
    }: Omit<ResponseDetails, 'operation'> & { code?: string | undefined; retryAfterMs?: number | undefined },
  ) {
    super(message, { ...details, operation: 'issueToken' });
    if (code !== undefined) this.code = code;
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
  }

  override get name(): 'TokenError' {
    return 'TokenError';
  }
}

/** A success whose body is empty, not JSON, cut short or too large. */
export class ResponseParseError extends ResponseError {
  override get name(): 'ResponseParseError' {
    return 'ResponseParseError';
  }
}

/** One way in which a body departs from the contract: where and which rule, never the value. */
export interface ContractViolation {
  /** JSON pointer into the body, for example `/user_data/email`; empty for the body itself. */
  readonly path: string;
  /** For example `must be boolean`. */
  readonly message: string;
}

/** A success whose body breaks the contract. */
export class ResponseValidationError extends ResponseError {
  readonly violations: readonly ContractViolation[];

  constructor(violations: readonly ContractViolation[], details: ResponseDetails) {
    const shown = violations.slice(0, 3).map(({ path, message }) => `${path || 'the body'} ${message}`);
    const more = violations.length > shown.length ? ` (and ${violations.length - shown.length} more)` : '';
    super(`the response breaks the contract: ${shown.join('; ')}${more}`, details);
    this.violations = violations;
  }

  override get name(): 'ResponseValidationError' {
    return 'ResponseValidationError';
  }
}

/** @returns the same error once more, so that each of those who waited for one thing gets a stack of its own */
export function copyOfError<E extends DiditDataError>(error: E): E {
  const copy: E = Object.setPrototypeOf(new Error(error.message), Object.getPrototypeOf(error));
  const { stack: _, ...members } = Object.getOwnPropertyDescriptors(error);
  if (bodies.has(error)) bodies.set(copy, bodies.get(error));
  return Object.defineProperties(copy, members);
}

/** The person has not approved, or nobody knows whether they have. */
export class NotConfirmedError extends DiditDataError {
  readonly session_id: string;
  /** The decision's status, in lower case. */
  readonly decisionStatus: string;

  constructor(session_id: string, decisionStatus: string) {
    const why = decisionStatus === 'confirmed' ? 'it holds no user data' : `its status is "${redact(decisionStatus)}"`;
    super(`the decision is not confirmed: ${why}. Do not go on as if the person had approved.`);
    this.session_id = session_id;
    this.decisionStatus = decisionStatus;
  }

  override get name(): 'NotConfirmedError' {
    return 'NotConfirmedError';
  }
}

/** The person has approved, but has not shared, or not in verified form, what is required. */
export class MissingScopeError extends DiditDataError {
  readonly session_id: string;
  /** Scopes that were not shared. */
  readonly missing: readonly string[];
  /** Scopes that were shared but are not verified. */
  readonly unverified: readonly string[];

  constructor(session_id: string, missing: readonly string[], unverified: readonly string[]) {
    const parts = [
      ...(missing.length > 0 ? [`not shared: ${missing.join(', ')}`] : []),
      ...(unverified.length > 0 ? [`not verified: ${unverified.join(', ')}`] : []),
    ];
    super(`the decision lacks required data; ${parts.join('; ')}`);
    this.session_id = session_id;
    this.missing = missing;
    this.unverified = unverified;
  }

  override get name(): 'MissingScopeError' {
    return 'MissingScopeError';
  }
}

/** The one table from status to class, with what to do about it. */
const byStatus: Readonly<Record<number, readonly [typeof ApiError, string]>> = {
  400: [BadRequestError, 'Correct the request.'],
  401: [AuthenticationError, 'Check that the credentials are right and not revoked.'],
  403: [PermissionDeniedError, 'Check that the application may use this operation.'],
  404: [NotFoundError, 'Check the session id and that it belongs to this application.'],
  409: [ConflictError, 'Retrieve the session again before you go on.'],
  422: [UnprocessableEntityError, 'Correct the request.'],
  429: [RateLimitError, 'Send fewer requests.'],
};

/** Where an operation has a likelier reason. */
const advices: Readonly<Record<string, string>> = {
  'getSessionStatus 403': 'Check that session_token is that of this session.',
};

/** Makes the error of a response whose status is not 2xx. */
export function apiErrorOf(response: Response, body: unknown, operation: string): ApiError {
  const { status } = response;
  const [ErrorClass, general] = byStatus[status] ?? fallback(status);
  const advice = advices[`${operation} ${status}`] ?? general;
  const wait = retryAfterMs(response.headers);
  return new ErrorClass(`${status} ${describe(response, body)}. ${withPause(advice, wait)}`, {
    operation,
    status,
    requestId: requestIdOf(response),
    body,
    retryAfterMs: wait,
  });
}

function fallback(status: number): readonly [typeof ApiError, string] {
  if (status >= 500) return [ServerError, 'The service failed; try again later.'];
  if (status === 0 || (status >= 300 && status < 400))
    return [ApiError, 'Redirects are not followed; correct baseUrl.'];
  return [ApiError, 'This status is not expected here; see body.'];
}

function describe(response: Response, body: unknown): string {
  const location = response.headers.get('location');
  if (response.type === 'opaqueredirect') return 'redirect';
  if (location !== null && response.status < 400) {
    return `redirect to ${redact(withoutSentFor(response, location.split(/[?#]/, 1)[0] ?? ''))}`;
  }
  return describeResponse(response, body);
}

/** @returns the advice, and the pause that the service asks for, if it asks for one */
export function withPause(advice: string, retryAfterMs: number | undefined): string {
  return retryAfterMs === undefined ? advice : `${advice} The service asks to wait ${retryAfterMs} ms.`;
}

/** @returns how long a service that is too busy, or under repair, asks to wait, in milliseconds; else 0 */
export function retryAfterOf(error: unknown): number {
  const mayAsk = error instanceof ApiError || error instanceof TokenError;
  return (mayAsk && (error.status === 429 || (error.status ?? 0) >= 500) && error.retryAfterMs) || 0;
}

/** @returns the service's id of the request, where it gave one */
export function requestIdOf({ headers }: Response): string | undefined {
  const id = headers.get('x-request-id') ?? headers.get('request-id') ?? headers.get('cf-ray');
  return id !== null && /^[\w.:/+=-]{1,128}$/.test(id) ? id : undefined; // anything else is not an id, and may be data
}
