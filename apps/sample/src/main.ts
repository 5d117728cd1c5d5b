// The sample app: reads its settings from the environment, and serves until SIGINT or SIGTERM.
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createClient } from '@didit-data/client';
import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { logLine } from './failure.ts';
import { createChanges } from './flow/changes.ts';
import { createServiceHealth } from './flow/service-health.ts';
import { openDatabase, takeLease } from './store/database.ts';

const sweepEveryMs = 60_000;
const graceMs = 5_000;

try {
  await serveUntilSignal();
  process.exit(0);
} catch (error) {
  console.error(`The sample app cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

async function serveUntilSignal(): Promise<void> {
  const { host, port, baseUrl, clientId, clientSecret, database: file, ...settings } = readConfig(process.env);
  const changes = createChanges();
  const health = createServiceHealth(changes);
  const didit = createClient({ baseUrl, clientId, clientSecret, hooks: health.hooks });
  using _lease = takeLease(file);
  using database = openDatabase(file);
  const app = createApp({ ...settings, didit, database, changes, health, log: console.error });

  /** The next sweep makes up for one that fails. */
  function sweepOrLog(): void {
    try {
      app.sweep();
    } catch (error) {
      console.error(`sweep ${logLine(error)}`);
    }
  }
  sweepOrLog();
  const sweeping = setInterval(sweepOrLog, sweepEveryMs);

  const server = serve({ fetch: app.fetch, hostname: host, port, overrideGlobalObjects: false }, (bound) => {
    app.resume();
    console.log(`Sample app: http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`);
  }) as Server;
  // The same signal a second time ends the process immediately. An error of the server rejects.
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(server, 'close')]);
  clearInterval(sweeping);
  await Promise.all([closeServer(server), app.stop()]);
}

/** Finishes what is being answered. A browser that keeps its connection open does not delay the end. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const hurry = setInterval(() => server.closeIdleConnections(), 50);
  const force = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(hurry);
  clearTimeout(force);
}
