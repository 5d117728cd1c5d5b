import { createClient } from '@didit-data/client';
import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { createMemoryStore } from './session-store.ts';

const graceMs = 5_000;

try {
  const { host, port, ...options } = readConfig(process.env);
  const app = createApp({ didit: createClient(options), sessions: createMemoryStore(), log: console.error });
  const server = serve({ fetch: app.fetch, hostname: host, port, overrideGlobalObjects: false }, (bound) => {
    console.log(`Sample app: http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`);
  });
  server.on('error', fail);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.close(() => process.exit(0));
      // A browser that holds on to its connection does not hold up the end.
      setTimeout(() => process.exit(0), graceMs).unref();
    });
  }
} catch (error) {
  fail(error);
}

function fail(error: unknown): never {
  console.error(`The sample app cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
