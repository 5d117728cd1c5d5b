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
import { redact } from '../errors/redact.ts';
import { describeResponse } from './describe-body.ts';
import { requestIdOf, retryAfterMs } from './response-headers.ts';
import { withoutSentFor } from './without-sent.ts';

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
