import { type Context, Hono } from 'hono';
import { forgedForm, notFound } from '../failure.ts';
import { everybody } from '../flow/changes.ts';
import type { Starter } from '../flow/start-session.ts';
import type { Tracker } from '../flow/tracker.ts';
import { isDataName } from '../scopes.ts';
import { isOpen, type Session } from '../session.ts';
import { type Choice, choosePage } from '../views/choose.ts';
import { sessionPage } from '../views/session.ts';
import { fail } from './fail.ts';
import { type LiveState, liveStream } from './live.ts';
import { readForm, textOf } from './read-form.ts';
import type { Site } from './visitors.ts';

const longestReference = 100;
/** Could break a line in a file or a log, or change the direction of the words beside it. */
const controls = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu;

/** What people see: the choice of what to share, and how far the request has come. */
export function shopRoutes(site: Site, starter: Starter, tracker: Tracker): Hono {
  const { visitors, forms, sessions, health, retentionMs } = site;
  const routes = new Hono();

  const choose = (owner: string, choice: Partial<Choice> = {}) =>
    choosePage({ ...choice, form: forms.issue(owner), waiting: sessions.open(owner), retentionMs });
  const ownedBy = async (c: Context): Promise<Session | undefined> => {
    const owner = await visitors.known(c);
    return owner === undefined ? undefined : sessions.findOwned(c.req.param('id') ?? '', owner);
  };

  routes.get('/', async (c) => c.html(choose(await visitors.remember(c))));

  routes.post('/sessions', async (c) => {
    const { sender, fields } = await readForm(c, site);
    if (!sender) return fail(c, forgedForm);
    const reference = textOf(fields.reference);
    const scopes = [fields.scope ?? []].flat();
    const asked = [...new Set(scopes.filter(isDataName))];
    const problem = problemOf(sender.isStale, scopes, reference);
    if (problem) {
      return c.html(choose(sender.owner, { asked, reference: reference.replaceAll(controls, ' '), problem }), 400);
    }

    const id = await starter.start({ owner: sender.owner, form: sender.id, asked, reference });
    const session = sessions.find(id);
    if (session) tracker.follow(session);
    return c.redirect(`/sessions/${encodeURIComponent(id)}`, 303);
  });

  routes.get('/sessions/:id', async (c) => {
    const session = await ownedBy(c);
    if (!session) return fail(c, notFound);
    const { version } = liveStateOf(session, health.isUp);
    const loadsAgain = c.req.query('refresh') !== 'off';
    return c.html(sessionPage({ session, version, isServiceUp: health.isUp, loadsAgain, retentionMs }));
  });

  routes.get('/sessions/:id/events', async (c) => {
    const session = await ownedBy(c);
    if (!session) return fail(c, notFound);
    return liveStream(c, site, [session.id, everybody], () => {
      const now = sessions.find(session.id);
      return now && liveStateOf(now, health.isUp);
    });
  });
  return routes;
}

function problemOf(isStale: boolean, scopes: readonly string[], reference: string): Choice['problem'] {
  if (isStale) return 'stale';
  if (scopes.length === 0 || !scopes.every(isDataName)) return 'scopes';
  if (reference.search(controls) >= 0) return 'controls';
  return reference.length > longestReference ? 'reference' : undefined;
}

/** While it is open, the page also says whether Didit can be reached. */
function liveStateOf({ version, state }: Session, isServiceUp: boolean): LiveState {
  const isFinal = !isOpen(state);
  return { version: `${version}${isFinal || isServiceUp ? '' : '-away'}`, isFinal };
}
