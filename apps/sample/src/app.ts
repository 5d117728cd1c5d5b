import type { DatabaseSync } from 'node:sqlite';
import type { DiditClient } from '@didit-data/client';
import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { methodNotAllowed as refuseMethods } from 'hono/method-not-allowed';
import { methodNotAllowed, notFound } from './failure.ts';
import type { Changes } from './flow/changes.ts';
import type { ServiceHealth } from './flow/service-health.ts';
import { createStarter } from './flow/start-session.ts';
import { createTracker } from './flow/tracker.ts';
import type { Keys } from './keys.ts';
import { createExporter } from './operators/exporter.ts';
import { createExportStore } from './store/export-store.ts';
import { createSeal } from './store/seal.ts';
import { createSessionSearch } from './store/session-search.ts';
import { createSessionStore } from './store/session-store.ts';
import { sweep } from './store/sweep.ts';
import { assetRoutes } from './web/assets.ts';
import { fail, failWith } from './web/fail.ts';
import { createFormTokens } from './web/form-tokens.ts';
import { neverCached, protectiveHeaders } from './web/headers.ts';
import { operatorRoutes } from './web/operator-routes.ts';
import { shopRoutes } from './web/shop-routes.ts';
import type { Site } from './web/site.ts';
import { createVisitors } from './web/visitors.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** How long sessions are listed, and browsers remembered: longer than any data is kept. */
const rememberedMs = 400 * day;

/** What the app is made of. */
export interface AppOptions {
  readonly didit: DiditClient;
  readonly database: DatabaseSync;
  readonly keys: Keys;
  readonly changes: Changes;
  readonly health: ServiceHealth;
  /** How long shared data is kept, in milliseconds. Default: a day. */
  readonly retentionMs?: number | undefined;
  /** Where people find the site, if not where it listens. An origin. */
  readonly publicUrl?: string | undefined;
  /** Without it the operators' pages are switched off. */
  readonly operatorPassword?: string | undefined;
  /** Time between two looks at an open session at first, in milliseconds. Default: 2 000. */
  readonly intervalMs?: number | undefined;
  /** How long Didit may take to start a session before the person is told to try again, in milliseconds. Default: 15 000. */
  readonly answerWithinMs?: number | undefined;
  /** How long a person waits for a database that is unavailable before they are asked to try again, in milliseconds. Default: 2 000. */
  readonly saveWithinMs?: number | undefined;
  /** How many sessions may wait for a decision at a time. Default: 1 000. */
  readonly mostOpen?: number | undefined;
  /** Told about errors, and what operators do: one entry each, without secrets and personal data. */
  readonly log?: ((entry: string) => void) | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: (() => number) | undefined;
}

/** The site, and what it does beside answering. */
export interface App {
  readonly fetch: Hono['fetch'];
  readonly request: Hono['request'];
  /** Goes on with what the app was doing when it last ended. */
  resume(): void;
  /** Deletes what has been kept for long enough. */
  sweep(): void;
  /** Ends open pages' events, and all waiting. */
  stop(): Promise<void>;
}

/** Puts the app together. Everything that must survive a restart is in the database. */
export function createApp(options: AppOptions): App {
  const { didit, database, keys, changes, health, publicUrl, log = () => {}, now = Date.now } = options;
  const {
    retentionMs = day,
    intervalMs = 2_000,
    answerWithinMs = 15_000,
    saveWithinMs = 2_000,
    mostOpen = 1_000,
  } = options;
  const closing = new AbortController();
  const seal = createSeal(keys.storage);
  const sessions = createSessionStore(database, seal, now);
  const exports = createExportStore(database, seal, now);
  const limits = { answerWithinMs, saveWithinMs, mostOpen };
  const starter = createStarter({ didit, sessions, log, ...limits, closing: closing.signal });
  const tracker = createTracker({ didit, sessions, changes, log, intervalMs, giveUpMs: 25 * hour, now });
  const exporter = createExporter({ didit, sessions, exports, changes, log });
  const secure = publicUrl?.startsWith('https:') ?? false;
  const site: Site = {
    visitors: createVisitors({ key: keys.cookies, secure, maxAge: rememberedMs / 1_000 }),
    forms: createFormTokens(keys.forms, 2 * hour, now),
    sessions,
    changes,
    health,
    retentionMs,
    closing: closing.signal,
    now,
  };

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
  web.route('/', shopRoutes({ site, starter, tracker }));
  const search = createSessionSearch(database, seal);
  web.route(
    '/operators',
    operatorRoutes({ site, search, exports, exporter, saveWithinMs, password: options.operatorPassword, log }),
  );
  web.notFound((c) => fail(c, notFound));
  web.onError((error, c) => failWith(error, c, log));

  return {
    fetch: web.fetch,
    request: web.request,
    resume() {
      tracker.resume();
      exporter.resume();
    },
    sweep: () => void sweep(database, { dataMs: retentionMs, sessionMs: rememberedMs, exportMs: hour }, now()),
    async stop() {
      closing.abort();
      await Promise.all([starter.stop(), tracker.stop(), exporter.stop()]);
    },
  };
}
