import type { Context } from 'hono';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import { type Failure, failureOf, logLine } from '../failure.ts';
import { page } from '../views/layout.ts';

/** Says what went wrong: as a page, or as plain text to a client that does not accept HTML. */
export function fail(c: Context, { status, title, text, retryAfterSeconds }: Failure): Response | Promise<Response> {
  if (retryAfterSeconds !== undefined) c.header('Retry-After', String(retryAfterSeconds));
  const readsHtml = /text\/html|text\/\*|\*\/\*/i.test(c.req.header('accept') ?? '*/*');
  if (!readsHtml) return c.text(`${title}. ${text}\n`, status);
  const content = html`<h1 tabindex="-1">${title}</h1>
    <p class="lead">${text}</p>
    <p class="actions"><a class="button" href="/">Back to the start</a></p>`;
  return c.html(page({ title }, content), status);
}

/** Answers an error that nobody caught: a line in the log, and a page that contains nothing of it. */
export function failWith(error: Error, c: Context, log: (entry: string) => void): Response | Promise<Response> {
  const failure = failureOf(error);
  const challenge = error instanceof HTTPException ? error.res?.headers.get('WWW-Authenticate') : undefined;
  if (challenge) c.header('WWW-Authenticate', challenge);
  log(`${c.req.method} ${failure.status} ${logLine(error)}`);
  return fail(c, failure);
}
