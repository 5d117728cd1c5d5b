import type { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { methodNotAllowed as refuseMethods } from 'hono/method-not-allowed';
import { deriveKey } from './config.ts';
import { methodNotAllowed, notFound } from './failure.ts';
import type { Core } from './flow/core.ts';
import { createStarter } from './flow/start-session.ts';
import { createTracker } from './flow/tracker.ts';
import { createExporter } from './operators/exporter.ts';
import { createExportStore } from './store/export-store.ts';
import { createSeal } from './store/seal.ts';
import { createSessionSearch } from './store/session-search.ts';
import { createSessionStore } from './store/session-store.ts';
import { sweep } from './store/sweep.ts';
import { fail, failWith } from './web/fail.ts';
import { assetRoutes, neverCached, protectiveHeaders } from './web/headers.ts';
import { operatorRoutes } from './web/operator-routes.ts';
import { shopRoutes } from './web/shop-routes.ts';
import { createFormTokens, createVisitors, type Site } from './web/visitors.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** How long sessions are listed, and browsers remembered: longer than any data is kept. */
const rememberedMs = 400 * day;

type Given = 'didit' | 'changes' | 'health';

export interface AppOptions extends Pick<Core, Given>, Partial<Omit<Core, Given | 'sessions' | 'exports' | 'closing'>> {
  readonly database: DatabaseSync;
  /** The keys for cookies, forms and stored data are derived from it. */
  readonly secret: string;
  /** Where people find the site, if not where it listens. An origin. */
  readonly publicUrl?: string | undefined;
  /** Without it the operators' pages are switched off. */
  readonly operatorPassword?: string | undefined;
}

export type App = ReturnType<typeof createApp>;

/** Puts the app together. Everything that must survive a restart is in the database. */
export function createApp({ database, secret, publicUrl, operatorPassword, ...given }: AppOptions) {
  const { log = () => {}, now = Date.now, retentionMs = day } = given;
  const closing = new AbortController();
  const seal = createSeal(deriveKey(secret, 'storage'));
  const secure = publicUrl?.startsWith('https:') ?? false;
  const site: Site = {
    intervalMs: 2_000,
    answerWithinMs: 15_000,
    saveWithinMs: 2_000,
    mostOpen: 1_000,
    ...given,
    log,
    now,
    retentionMs,
    sessions: createSessionStore(database, seal, now),
    exports: createExportStore(database, seal, now),
    visitors: createVisitors({ key: deriveKey(secret, 'cookies'), secure, maxAge: rememberedMs / 1_000 }),
    forms: createFormTokens(deriveKey(secret, 'forms'), 2 * hour, now),
    closing: closing.signal,
  };
  const [starter, tracker, exporter] = [createStarter(site), createTracker(site), createExporter(site)];

  const web = new Hono();
  const refuseForgery = csrf(publicUrl === undefined ? {} : { origin: publicUrl });
  web.use(protectiveHeaders, neverCached);
  web.use(
    refuseMethods({
      app: web,
      onMethodNotAllowed(c, methods) {
        c.header('Allow', methods.join(', '));
        return fail(c, methodNotAllowed);
      },
    }),
  );
  web.use((c, next) => (c.req.method === 'POST' ? refuseForgery(c, next) : next())); // no other method changes anything
  web.route('/', assetRoutes());
  web.route('/', shopRoutes(site, starter, tracker));
  web.route('/operators', operatorRoutes(site, createSessionSearch(database, seal), exporter, operatorPassword));
  web.notFound((c) => fail(c, notFound));
  web.onError((error, c) => failWith(error, c, log));

  return {
    fetch: web.fetch,
    request: web.request,

    /** Continues what the app was doing when it last ended. */
    resume(): void {
      tracker.resume();
      exporter.resume();
    },

    /** Deletes what was kept for long enough. */
    sweep: () => sweep(database, now(), retentionMs, rememberedMs, hour),

    /** Ends the events of open pages, and all waiting. */
    async stop(): Promise<void> {
      closing.abort();
      await Promise.all([starter.stop(), tracker.stop(), exporter.stop()]);
    },
  };
}
