import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { type Failure, failureOf, logLine } from '../failure.ts';
import { failurePage } from '../views/failure.ts';

/** Says what went wrong: as a page, or as plain text to whoever does not read HTML. */
export function fail(c: Context, failure: Failure): Response | Promise<Response> {
  const { status, title, text, retryAfterSeconds } = failure;
  if (retryAfterSeconds !== undefined) c.header('Retry-After', String(retryAfterSeconds));
  const readsHtml = /text\/html|text\/\*|\*\/\*/i.test(c.req.header('accept') ?? '*/*');
  return readsHtml ? c.html(failurePage({ title, text }), status) : c.text(`${title}. ${text}\n`, status);
}

/** What becomes of an error that nobody caught: a line in the log, and a page that tells nothing of it. */
export function failWith(error: Error, c: Context, log: (entry: string) => void): Response | Promise<Response> {
  const failure = failureOf(error);
  const challenge = error instanceof HTTPException ? error.res?.headers.get('WWW-Authenticate') : undefined;
  if (challenge) c.header('WWW-Authenticate', challenge);
  log(`${c.req.method} ${failure.status} ${logLine(error)}`);
  return fail(c, failure);
}
