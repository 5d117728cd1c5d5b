import { readFileSync } from 'node:fs';
import type { DiditClient } from '@didit-data/client';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import { type Failure, failureOf, logLine, notFound } from './failure.ts';
import { checkProgress, startSession } from './flow.ts';
import { ownerOf, rememberOwner } from './owner.ts';
import { isDataName } from './scopes.ts';
import type { SessionStore } from './session-store.ts';
import { choosePage } from './views/choose.ts';
import { failurePage } from './views/failure.ts';
import { sessionPage } from './views/session.ts';

const largestForm = 16 * 1024;

/** What the app is made of. */
export interface AppOptions {
  readonly didit: DiditClient;
  readonly sessions: SessionStore;
  /** Told about errors: one entry each, without secrets and personal data. */
  readonly log?: ((entry: string) => void) | undefined;
  /** How long Didit may take to answer before the person is told to try again. Default: 15 seconds. */
  readonly answerWithinMs?: number | undefined;
}

/** The whole site. Holds no state but what is in `sessions`, so that tests can call `app.request()`. */
export function createApp({ didit, sessions, log = () => {}, answerWithinMs = 15_000 }: AppOptions): Hono {
  const timeLimit = () => AbortSignal.timeout(answerWithinMs);
  const app = new Hono();
  app.use(headers, csrf());
  app.use((c, next) => {
    c.header('Cache-Control', 'no-store'); // pages are one person's
    return next();
  });

  app.get('/', (c) => c.html(choosePage()));

  app.post('/sessions', bodyLimit({ maxSize: largestForm }), async (c) => {
    const form = await c.req.parseBody({ all: true }).catch(() => ({ scope: [] }));
    const scopes = [form.scope].flat().filter((scope) => scope !== undefined);
    const asked = [...new Set(scopes.filter(isDataName))];
    if (asked.length === 0 || !scopes.every(isDataName)) return c.html(choosePage({ asked, refused: true }), 400);

    const session = await startSession(didit, asked, timeLimit());
    await sessions.save({ ...session, owner: rememberOwner(c) });
    return c.redirect(`/sessions/${encodeURIComponent(session.session_id)}`, 303);
  });

  app.get('/sessions/:id', async (c) => {
    const owner = ownerOf(c);
    const session = owner === undefined ? undefined : await sessions.find(c.req.param('id'), owner);
    if (!session) return fail(c, notFound);
    return c.html(sessionPage(session, await checkProgress(didit, session, timeLimit())));
  });

  app.get('/style.css', asset('style.css', 'text/css; charset=utf-8'));
  app.get('/icon.svg', asset('icon.svg', 'image/svg+xml'));
  app.notFound((c) => fail(c, notFound));
  app.onError((error, c) => {
    const failure = failureOf(error);
    log(`${c.req.method} ${failure.status} ${logLine(error)}`);
    return fail(c, failure);
  });
  return app;
}

/** Without a script of its own the site needs to load nothing but its style and icon. */
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'same-origin', // "no-referrer" would also blank the Origin header that the form check reads
  strictTransportSecurity: false, // belongs to whoever ends TLS
});

/** As a page, or as plain text to whoever does not read HTML. */
function fail(c: Context, { status, title, text, retryAfterSeconds }: Failure): Response | Promise<Response> {
  if (retryAfterSeconds !== undefined) c.header('Retry-After', String(retryAfterSeconds));
  const readsHtml = /text\/html|text\/\*|\*\/\*/i.test(c.req.header('accept') ?? '*/*');
  return readsHtml ? c.html(failurePage({ title, text }), status) : c.text(`${title}. ${text}\n`, status);
}

function asset(name: string, type: string): (c: Context) => Response {
  const content = readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
  return (c) => c.body(content, 200, { 'Content-Type': type, 'Cache-Control': 'max-age=300' });
}
