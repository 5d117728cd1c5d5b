import type { DatabaseSync } from 'node:sqlite';
import { createClient } from '@didit-data/client';
import { onTestFinished } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { type Changes, createChanges } from '../../src/flow/changes.ts';
import { createServiceHealth } from '../../src/flow/service-health.ts';
import { openDatabase } from '../../src/store/database.ts';
import { operatorPassword, Visitor } from './visitor.ts';

export const created = {
  session_id: 's-1',
  session_token: 'secret-of-s-1',
  url: 'https://app.didit.me/authorize/secret-of-s-1',
};

/** What the service answers, and the app's options. Default: a session that is confirmed. */
export interface Service {
  readonly create?: (request: Request) => Response | Promise<Response>;
  readonly status?: () => Response;
  readonly decision?: (vendorData: string, sessionId: string) => Response | Promise<Response>;
  readonly answerWithinMs?: number;
  readonly saveWithinMs?: number;
  readonly mostOpen?: number;
  readonly publicUrl?: string;
  /** Path of the database. Default: one in memory. */
  readonly file?: string;
  readonly secret?: string;
  readonly now?: () => number;
  /** Undefined: the operators' pages are switched off. */
  readonly operatorPassword?: string | undefined;
}

/** The app with a client whose `fetch` is a function of the test. */
export interface TestSite {
  readonly app: App;
  readonly database: DatabaseSync;
  /** What it has logged. */
  readonly entries: string[];
  /** The sessions that the app asked the service to create. */
  readonly asked: { scope: string; vendor_data: string }[];
  /** Opens another browser. */
  newVisitor(): Visitor;
  /** How many open pages listen for changes. */
  listening(): number;
  /** Ends the app, like a restart. */
  close(): Promise<void>;
}

export function openSite(service: Service = {}): TestSite {
  const { create, status, decision, file = ':memory:', secret = 'a secret', ...options } = service;
  const entries: string[] = [];
  const asked: TestSite['asked'] = [];
  const { notify, listen } = createChanges();
  let listening = 0;
  const changes: Changes = {
    notify,
    listen(topics, listener) {
      listening += 1;
      const forget = listen(topics, listener);
      return () => {
        listening -= 1;
        forget();
      };
    },
  };
  const health = createServiceHealth(changes);
  const didit = createClient({
    accessToken: 'secret-access-token',
    baseUrl: 'http://127.0.0.1:9',
    maxRetries: 0,
    hooks: health.hooks,
    fetch: async (request) => {
      const [, id = '', operation] = /session\/([^/]*)\/(\w+)/.exec(new URL(request.url).pathname) ?? [];
      if (operation === 'status') return status?.() ?? Response.json({ status: 'confirmed' });
      if (operation === 'decision') {
        return (decision ?? confirmed({}))(asked.at(-1)?.vendor_data ?? '', decodeURIComponent(id));
      }
      asked.push(await request.clone().json());
      return (await create?.(request)) ?? Response.json(created);
    },
  });
  const database = openDatabase(file);
  const log = (entry: string) => entries.push(entry);
  const app = createApp({ didit, database, secret, changes, health, log, intervalMs: 5, operatorPassword, ...options });

  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await app.stop();
    database.close();
  };
  onTestFinished(close);
  return { app, database, entries, asked, close, listening: () => listening, newVisitor: () => new Visitor(app) };
}

/** @returns a decision that says "confirmed" and shares this data */
export function confirmed(userData: object | null, overrides: object = {}) {
  return (vendor_data: string, session_id = 's-1') =>
    Response.json({
      session_id,
      status: 'Confirmed',
      vendor_data,
      user_data: userData && { sub: 'person-1', ...userData },
      ...overrides,
    });
}
