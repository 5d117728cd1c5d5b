import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  DiditDataError,
  OptionsError,
  PermissionDeniedError,
  RateLimitError,
  ResponseParseError,
  ResponseValidationError,
  ServerError,
  TimeoutError,
  TokenError,
} from '@didit-data/client';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isUnavailable } from './store/when-free.ts';

/** The page for an error: its status and two plain sentences. It contains nothing of the error's own text. */
export interface Failure {
  readonly status: ContentfulStatusCode;
  readonly title: string;
  readonly text: string;
  readonly retryAfterSeconds?: number | undefined;
}

const tryAgain = 'Nothing was confirmed. Try again in a moment.';
const openStart = 'Open the start page and try again.';

export const notFound = failure(404, 'Not found', 'There is no such page, or it belongs to somebody else.');
export const forgedForm = failure(
  403,
  'Refused',
  `The form was not made for this browser, or the browser keeps no cookies. ${openStart}`,
);
export const operatorsOff = failure(
  403,
  'The operators’ pages are switched off',
  'To switch them on, set SAMPLE_OPERATOR_PASSWORD and start the app again.',
);
export const methodNotAllowed = failure(405, 'Not possible here', 'This page does not support this method.');
export const unreadable = failure(502, 'Didit’s answer could not be read', tryAgain);
export const notSaved = failure(
  503,
  'Please wait a moment',
  'This site cannot save anything just now. Nothing is lost. Send the form again in a moment.',
  5,
);
const unreachable = failure(502, 'Didit is not available', tryAgain);
const tooSlow = failure(504, 'Didit took too long to answer', tryAgain);
const misconfigured = failure(
  500,
  'This app is not set up correctly',
  'Didit refused its credentials. The app’s log says more.',
);
const notAccepted = failure(
  502,
  'Didit did not accept the request',
  'Nothing was confirmed. Go back, choose other data or another reference, and try again. If it fails again, write to us.',
);
const broken = failure(500, 'Something went wrong', 'Nothing was confirmed. Try again.');

const refusals: Readonly<Record<number, Failure>> = {
  400: failure(400, 'The form is incomplete', openStart),
  401: failure(401, 'For operators', 'Sign in as “operator”, with the password that was set for this app.'),
  403: failure(403, 'Refused', `The form was not sent from this site. ${openStart}`),
  413: failure(413, 'Too much data', 'The form is larger than this app accepts.'),
  415: failure(415, 'Not a form', 'This app reads forms that are sent URL-encoded.'),
};

/** The app refuses to continue, and knows which page says why. The message is for the log. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly failure: Failure;

  constructor(failure: Failure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}

export function crowded(retryAfterSeconds: number): Failure {
  return failure(503, 'Please wait a moment', 'Too many people ask at once. Try again in a moment.', retryAfterSeconds);
}

export function tooManyGuesses(retryAfterSeconds: number): Failure {
  const text = `Wait ${retryAfterSeconds} seconds before you try again.`;
  return failure(429, 'Too many wrong passwords', text, retryAfterSeconds);
}

/** The one table from error to page. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) return error.failure;
  if (error instanceof HTTPException) {
    return refusals[error.status] ?? failure(error.status, 'The request was refused', openStart);
  }
  if (isUnavailable(error)) return notSaved;
  if (error instanceof RateLimitError) return crowded(Math.ceil((error.retryAfterMs ?? 5_000) / 1_000));
  if (error instanceof TokenError && (error.status === 429 || (error.status ?? 0) >= 500)) return unreachable;
  if (isOneOf(error, TokenError, AuthenticationError, PermissionDeniedError, OptionsError)) return misconfigured;
  if (isOneOf(error, ResponseParseError, ResponseValidationError)) return unreadable;
  if (isOneOf(error, ServerError, ConnectionError)) return unreachable;
  if (error instanceof TimeoutError || (error instanceof DOMException && error.name === 'TimeoutError')) return tooSlow;
  return error instanceof ApiError ? notAccepted : broken;
}

/** One line for the log: which error, operation and status. It contains no text that could be personal data. */
export function logLine(error: unknown): string {
  if (error instanceof DiditDataError) {
    const { status, requestId } = error as Partial<Record<'status' | 'requestId', unknown>>;
    const details = Object.entries({ operation: error.operation, status, request: requestId });
    const known = details.filter(([, value]) => value !== undefined).map(([key, value]) => `${key}=${value}`);
    return [error.name, ...known].join(' ');
  }
  if (error instanceof HTTPException) return 'refused';
  if (error instanceof Refusal) return error.message;
  if (isUnavailable(error)) return `the database is unavailable errcode=${(error as { errcode?: number }).errcode}`;
  if (!(error instanceof Error)) return 'a thrown value that is not an error';
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return [error.name, ...frames].join('\n');
}

function failure(status: ContentfulStatusCode, title: string, text: string, retryAfterSeconds?: number): Failure {
  return { status, title, text, retryAfterSeconds };
}

function isOneOf(error: unknown, ...classes: readonly (abstract new (...args: never[]) => Error)[]): boolean {
  return classes.some((Class) => error instanceof Class);
}
