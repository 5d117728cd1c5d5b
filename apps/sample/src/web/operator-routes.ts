import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { forgedForm, notFound, operatorsOff, TooManyGuessesError } from '../failure.ts';
import { isExportFormat } from '../operators/export-file.ts';
import type { Exporter } from '../operators/exporter.ts';
import { createGuesses } from '../operators/guesses.ts';
import { maskItem } from '../operators/mask.ts';
import { states } from '../session.ts';
import type { ExportStore } from '../store/export-store.ts';
import type { SessionQuery, SessionSearch } from '../store/session-search.ts';
import { whenFree } from '../store/when-free.ts';
import { operatorSessionPage } from '../views/operators/session.ts';
import { sessionsPage } from '../views/operators/sessions.ts';
import { exportRoutes } from './export-routes.ts';
import { fail } from './fail.ts';
import { type Fields, readForm, textOf } from './read-form.ts';
import type { Site } from './site.ts';

const pageSize = 25;
const lastPage = 1_000_000; // what is asked for may be any number

interface OperatorOptions {
  readonly site: Site;
  readonly search: SessionSearch;
  readonly exports: ExportStore;
  readonly exporter: Exporter;
  /** How long an operator waits for a database that is unavailable. */
  readonly saveWithinMs: number;
  /** Without it the pages are switched off. */
  readonly password: string | undefined;
  readonly log: (entry: string) => void;
}

/** What operators see: all sessions, with their data masked until it is asked for. */
export function operatorRoutes(options: OperatorOptions): Hono {
  const { site, search, exports, exporter, saveWithinMs, password, log } = options;
  const { visitors, forms, sessions, retentionMs } = site;
  const routes = new Hono();
  if (password === undefined) return routes.all('*', (c) => fail(c, operatorsOff));
  routes.use(basicAuth({ verifyUser: createCheck(password, site.now), realm: 'Operators' }));

  routes.get('/', async (c) => {
    const query = queryOf(c.req.query());
    const page = Math.min(lastPage, Math.max(1, Number.parseInt(c.req.query('page') ?? '', 10) || 1));
    const found = search.page(query, page, pageSize);
    const confirmed = search.countConfirmed(query);
    const form = forms.issue(await visitors.remember(c));
    return c.html(sessionsPage({ query, ...found, page, pageSize, confirmed, form, now: site.now() }));
  });

  routes.post('/exports', async (c) => {
    const { sender, fields } = await readForm(c, site);
    if (!sender || sender.isStale || !isExportFormat(fields.format)) return fail(c, forgedForm);
    const { format, data } = fields;
    const request = { form: sender.id, format, isMasked: data !== 'full', query: queryOf(fields) };
    const id = await whenFree(() => exporter.start(request), AbortSignal.timeout(saveWithinMs));
    log(`operator export format=${format} data=${data === 'full' ? 'full' : 'masked'}`);
    return c.redirect(`/operators/exports/${id}`, 303);
  });
  routes.route('/exports', exportRoutes({ site, exports, log }));

  const show = async (c: Context, isMasked: boolean) => {
    const session = sessions.find(c.req.param('id') ?? '');
    if (!session) return fail(c, notFound);
    const items = isMasked ? session.items?.map(maskItem) : session.items;
    const form = forms.issue(await visitors.remember(c));
    return c.html(operatorSessionPage({ session, items, isMasked, form, retentionMs, now: site.now() }));
  };
  routes.get('/sessions/:id', (c) => show(c, true));
  // A form, not a link: what is shown stays out of the history, and nobody is led to it from elsewhere.
  routes.post('/sessions/:id', async (c) => {
    const { sender } = await readForm(c, site);
    if (!sender || sender.isStale) return fail(c, forgedForm);
    log(`operator reveal session=${JSON.stringify(c.req.param('id'))}`);
    return show(c, false);
  });
  return routes;
}

/**
 * Checks name and password, in constant time. The address is the connection's: behind a proxy it is the
 * proxy's, and what `X-Forwarded-For` says could be anybody's word.
 */
function createCheck(password: string, now: () => number): (name: string, word: string, c: Context) => boolean {
  const guesses = createGuesses(now);
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(`operator:${password}`);
  return (name, word, c) => {
    const address = (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? '';
    const waitMs = guesses.waitMs(address);
    if (waitMs > 0) throw new TooManyGuessesError(Math.ceil(waitMs / 1_000));
    const isRight = timingSafeEqual(digest(`${name}:${word}`), expected);
    guesses[isRight ? 'right' : 'wrong'](address);
    return isRight;
  };
}

function queryOf(fields: Fields): SessionQuery {
  const state = states.find((known) => known === fields.state);
  return { text: textOf(fields.q).slice(0, 100), state };
}
