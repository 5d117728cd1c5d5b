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

/** Didit's answer is well formed, and this app must not act on it. */
export class UnusableAnswerError extends Error {
  override name = 'UnusableAnswerError';
}

/** As many people are waiting as this app is willing to ask after. */
export class TooManyOpenError extends Error {
  override name = 'TooManyOpenError';
}

/** Didit has answered, and the database cannot take it just now. */
export class NotSavedError extends Error {
  override name = 'NotSavedError';
}

/** Too many wrong passwords. */
export class TooManyGuessesError extends Error {
  override name = 'TooManyGuessesError';
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('too many wrong passwords');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** What a person is told about an error: the status and two plain sentences, nothing of the error's own text. */
export interface Failure {
  readonly status: ContentfulStatusCode;
  readonly title: string;
  readonly text: string;
  readonly retryAfterSeconds?: number;
}

export const notFound: Failure = {
  status: 404,
  title: 'Not found',
  text: 'There is no such page, or it belongs to somebody else.',
};

export const forgedForm: Failure = {
  status: 403,
  title: 'Refused',
  text: 'The form was not made for this browser, or the browser keeps no cookies. Open the start page and try again.',
};
export const operatorsOff: Failure = {
  status: 403,
  title: 'The operators’ pages are switched off',
  text: 'Whoever runs the app switches them on by setting SAMPLE_OPERATOR_PASSWORD.',
};
export const methodNotAllowed: Failure = {
  status: 405,
  title: 'Not possible here',
  text: 'This page cannot be asked in this way.',
};
const badPassword: Failure = {
  status: 401,
  title: 'For operators',
  text: 'Sign in as “operator”, with the password that was set for this app.',
};

const unreadable: Failure = {
  status: 502,
  title: 'Didit’s answer could not be read',
  text: 'Nothing was confirmed. Try again in a moment.',
};
const unreachable: Failure = {
  status: 502,
  title: 'Didit is not available',
  text: 'Nothing was confirmed. Try again in a moment.',
};
const tooSlow: Failure = {
  status: 504,
  title: 'Didit took too long to answer',
  text: 'Nothing was confirmed. Try again in a moment.',
};
const misconfigured: Failure = {
  status: 500,
  title: 'This app is not set up correctly',
  text: 'Didit refused its credentials. Whoever runs the app finds more in its log.',
};
const notAccepted: Failure = {
  status: 502,
  title: 'Didit did not accept the request',
  text: 'Nothing was confirmed. Go back, choose other data or another reference, and try again. If that fails too, write to us.',
};
const notSaved: Failure = {
  status: 503,
  title: 'Please wait a moment',
  text: 'This site cannot save anything just now. Nothing is lost. Send the form again in a moment.',
  retryAfterSeconds: 5,
};
const broken: Failure = { status: 500, title: 'Something went wrong', text: 'Nothing was confirmed. Try again.' };

/** The one table from error to page. */
export function failureOf(error: unknown): Failure {
  if (error instanceof HTTPException) return refused(error.status);
  if (error instanceof TooManyOpenError) return crowded(30);
  if (error instanceof NotSavedError || isUnavailable(error)) return notSaved;
  if (error instanceof TooManyGuessesError) return guessing(error.retryAfterSeconds);
  if (error instanceof RateLimitError) {
    return crowded(Math.ceil((error.retryAfterMs ?? 5_000) / 1_000));
  }
  if (error instanceof TokenError && (error.status === 429 || (error.status ?? 0) >= 500)) return unreachable;
  if (isOneOf(error, TokenError, AuthenticationError, PermissionDeniedError, OptionsError)) return misconfigured;
  if (isOneOf(error, ResponseParseError, ResponseValidationError, UnusableAnswerError)) return unreadable;
  if (isOneOf(error, ServerError, ConnectionError)) return unreachable;
  if (error instanceof TimeoutError || isPlatformTimeout(error)) return tooSlow;
  if (error instanceof ApiError) return notAccepted;
  return broken;
}

/** One line for the log: which error, which operation, which status; no text that could hold personal data. */
export function logLine(error: unknown): string {
  if (error instanceof DiditDataError) {
    const { status, requestId } = error as Partial<Record<'status' | 'requestId', unknown>>;
    const details = Object.entries({ operation: error.operation, status, request: requestId });
    return [error.name, ...details.flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]))].join(
      ' ',
    );
  }
  if (error instanceof HTTPException || error instanceof TooManyGuessesError) return 'refused';
  if (isUnavailable(error)) return `the database is unavailable errcode=${(error as { errcode?: number }).errcode}`;
  if (!(error instanceof Error)) return 'a thrown value that is no error';
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return [error.name, ...frames].join('\n');
}

function crowded(retryAfterSeconds: number): Failure {
  const text = 'Too many people ask at once. Try again in a moment.';
  return { status: 503, title: 'Please wait a moment', text, retryAfterSeconds };
}

function guessing(retryAfterSeconds: number): Failure {
  const text = `Wait ${retryAfterSeconds} seconds before you try again.`;
  return { status: 429, title: 'Too many wrong passwords', text, retryAfterSeconds };
}

function refused(status: ContentfulStatusCode): Failure {
  if (status === 401) return badPassword;
  if (status === 403) {
    return {
      status,
      title: 'Refused',
      text: 'The form was not sent from this site. Open the start page and try again.',
    };
  }
  if (status === 400) return { status, title: 'The form is incomplete', text: 'Open the start page and try again.' };
  if (status === 415) return { status, title: 'Not a form', text: 'This app reads forms that are sent URL-encoded.' };
  if (status === 413) return { status, title: 'Too much data', text: 'The form is larger than this app accepts.' };
  return { status, title: 'The request was refused', text: 'Open the start page and try again.' };
}

function isPlatformTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}

function isOneOf(error: unknown, ...classes: readonly (abstract new (...args: never[]) => Error)[]): boolean {
  return classes.some((Class) => error instanceof Class);
}
