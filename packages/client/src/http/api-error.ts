import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  UnprocessableEntityError,
} from '../errors/api-errors.ts';
import { inWords, redact } from '../errors/wording.ts';
import { describeResponse } from './describe-body.ts';
import { requestIdOf, retryAfterMs } from './response-headers.ts';
import { withoutSentFor } from './without-sent.ts';

/** The one table from status to class, with what to do about it. */
const byStatus: Readonly<Record<number, readonly [typeof ApiError, string]>> = {
  400: [BadRequestError, 'Correct the request.'],
  401: [AuthenticationError, 'Check that the credentials are right and not revoked.'],
  403: [PermissionDeniedError, 'Check that the application may use this operation.'],
  404: [NotFoundError, 'Check the session id and that it belongs to this application.'],
  409: [ConflictError, 'Retrieve the session again before you continue.'],
  422: [UnprocessableEntityError, 'Correct the request.'],
  429: [RateLimitError, 'Send fewer requests.'],
};

/** Operations of which a status has a likelier reason. */
const advices: Readonly<Record<string, string>> = {
  'getSessionStatus 403': 'Check that session_token is that of this session.',
};

/** Makes the error of a response whose status is not 2xx. */
export function apiErrorOf(response: Response, body: unknown, operation: string): ApiError {
  const { status } = response;
  const [ErrorClass, general] = byStatus[status] ?? fallback(status);
  const { message, ...details } = refusalOf(response, body, advices[`${operation} ${status}`] ?? general);
  return new ErrorClass(message, { operation, ...details });
}

/** @returns what an error says about a response whose status is not 2xx, and the members it has */
export function refusalOf(response: Response, body: unknown, advice: string) {
  const { status, headers } = response;
  const wait = retryAfterMs(headers);
  const pause = wait === undefined ? '' : ` The service asks to wait ${inWords(wait)}.`;
  return {
    message: `${status} ${describe(response, body)}. ${advice}${pause}`,
    status,
    requestId: requestIdOf(response),
    body,
    retryAfterMs: wait,
  };
}

function fallback(status: number): readonly [typeof ApiError, string] {
  if (status >= 500) return [ServerError, 'Try again later.'];
  const isRedirect = status === 0 || (status >= 300 && status < 400);
  return [ApiError, isRedirect ? 'Redirects are not followed. Correct `baseUrl`.' : 'See `body` of this error.'];
}

function describe(response: Response, body: unknown): string {
  const location = response.headers.get('location');
  if (response.type === 'opaqueredirect') return 'redirect';
  if (location !== null && response.status < 400) {
    return `redirect to ${redact(withoutSentFor(response, location.split(/[?#]/, 1)[0] ?? ''))}`;
  }
  return describeResponse(response, body);
}
