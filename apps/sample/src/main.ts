import { createClient } from '@didit-data/client';
import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { logLine } from './failure.ts';
import { createChanges } from './flow/changes.ts';
import { createServiceHealth } from './flow/service-health.ts';
import { deriveKeys } from './keys.ts';
import { openDatabase } from './store/database.ts';

const sweepEveryMs = 60_000;
const graceMs = 5_000;

try {
  start(readConfig(process.env));
} catch (error) {
  fail(error);
}

function start(config: Config): void {
  const { host, port, baseUrl, clientId, clientSecret, secret } = config;
  const changes = createChanges();
  const health = createServiceHealth(changes);
  const didit = createClient({ baseUrl, clientId, clientSecret, hooks: health.hooks });
  const database = openDatabase(config.database);
  const app = createApp({ ...config, didit, database, changes, health, keys: deriveKeys(secret), log: console.error });

  app.sweep();
  const sweeping = setInterval(sweepOrLog, sweepEveryMs);
  const server = serve({ fetch: app.fetch, hostname: host, port, overrideGlobalObjects: false }, (bound) => {
    app.resume();
    console.log(`Sample app: http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`);
  });
  server.on('error', fail);

  /** A sweep that fails once is made up for by the next. */
  function sweepOrLog(): void {
    try {
      app.sweep();
    } catch (error) {
      console.error(`sweep ${logLine(error)}`);
    }
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      setTimeout(() => process.exit(1), graceMs).unref();
      clearInterval(sweeping);
      const closed = new Promise((resolve) => server.close(resolve));
      await app.stop();
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      await closed;
      database.close();
    });
  }
}

function fail(error: unknown): never {
  console.error(`The sample app cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
