import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { forgedForm, notFound, operatorsOff, Refusal, tooManyGuesses } from '../failure.ts';
import { maskItem } from '../flow/shared-items.ts';
import { isExportFormat } from '../operators/export-file.ts';
import type { Exporter } from '../operators/exporter.ts';
import { createGuesses } from '../operators/guesses.ts';
import { states } from '../session.ts';
import type { SessionQuery, SessionSearch } from '../store/session-search.ts';
import { whenFree } from '../store/when-free.ts';
import { operatorSessionPage } from '../views/operators/session.ts';
import { sessionsPage } from '../views/operators/sessions.ts';
import { exportRoutes } from './export-routes.ts';
import { fail } from './fail.ts';
import { type Fields, readForm, textOf } from './read-form.ts';
import type { Site } from './visitors.ts';

const pageSize = 25;
const lastPage = 1_000_000; // the address can contain any number

/**
 * What operators see: all sessions, with their data masked until they ask for it.
 *
 * @param password undefined: the pages are switched off
 */
export function operatorRoutes(site: Site, search: SessionSearch, exporter: Exporter, password?: string): Hono {
  const { visitors, forms, sessions, retentionMs, saveWithinMs, log, now } = site;
  const routes = new Hono();
  if (password === undefined) return routes.all('*', (c) => fail(c, operatorsOff));
  routes.use(basicAuth({ verifyUser: createCheck(password, now), realm: 'Operators' }));

  routes.get('/', async (c) => {
    const query = queryOf(c.req.query());
    const page = Math.min(lastPage, Math.max(1, Number.parseInt(c.req.query('page') ?? '', 10) || 1));
    const found = search.page(query, page, pageSize);
    const confirmed = search.countConfirmed(query);
    const form = forms.issue(await visitors.remember(c));
    return c.html(sessionsPage({ query, ...found, page, pageSize, confirmed, form, now: now() }));
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
  routes.route('/exports', exportRoutes(site));

  const show = async (c: Context, isMasked: boolean) => {
    const session = sessions.find(c.req.param('id') ?? '');
    if (!session) return fail(c, notFound);
    const items = isMasked ? session.items?.map(maskItem) : session.items;
    const form = forms.issue(await visitors.remember(c));
    return c.html(operatorSessionPage({ session, items, isMasked, form, retentionMs, now: now() }));
  };
  routes.get('/sessions/:id', (c) => show(c, true));
  // A form, not a link: the data stays out of the history, and no other site can lead here.
  routes.post('/sessions/:id', async (c) => {
    const { sender } = await readForm(c, site);
    if (!sender || sender.isStale) return fail(c, forgedForm);
    log(`operator reveal session=${JSON.stringify(c.req.param('id'))}`);
    return show(c, false);
  });
  return routes;
}

/** Checks name and password in constant time, and slows down an address that guesses: `X-Forwarded-For` can be forged. */
function createCheck(password: string, now: () => number): (name: string, word: string, c: Context) => boolean {
  const guesses = createGuesses(now);
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(`operator:${password}`);
  return (name, word, c) => {
    const address = (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? '';
    const waitMs = guesses.waitMs(address);
    if (waitMs > 0) throw new Refusal(tooManyGuesses(Math.ceil(waitMs / 1_000)), 'refused');
    const isRight = timingSafeEqual(digest(`${name}:${word}`), expected);
    guesses[isRight ? 'right' : 'wrong'](address);
    return isRight;
  };
}

function queryOf(fields: Fields): SessionQuery {
  const state = states.find((known) => known === fields.state);
  return { text: textOf(fields.q).slice(0, 100), state };
}
