import { once } from 'node:events';
import type { Server } from 'node:http';
import { createClient } from '@didit-data/client';
import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { logLine } from './failure.ts';
import { createChanges } from './flow/changes.ts';
import { createServiceHealth } from './flow/service-health.ts';
import { deriveKeys } from './keys.ts';
import { openDatabase, takeLease } from './store/database.ts';

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
  const lease = takeLease(config.database);
  const database = openDatabase(config.database);
  const app = createApp({ ...config, didit, database, changes, health, keys: deriveKeys(secret), log: console.error });

  sweepOrLog();
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

  // The same signal once more ends it at once.
  Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(async () => {
    clearInterval(sweeping);
    await Promise.all([closeServer(server as Server), app.stop()]);
    database.close();
    lease.close();
    process.exit(0);
  }, fail);
}

/** Finishes what is being answered. A browser that holds on to its connection does not hold up the end. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const hurry = setInterval(() => server.closeIdleConnections(), 50);
  const force = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(hurry);
  clearTimeout(force);
}

function fail(error: unknown): never {
  console.error(`The sample app cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
