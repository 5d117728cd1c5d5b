import { readFileSync } from 'node:fs';
import { Hono } from 'hono';

const types = {
  'style.css': 'text/css; charset=utf-8',
  'live.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

/** The page's own files, as they are: nothing is built. */
export function assetRoutes(): Hono {
  const routes = new Hono();
  for (const [name, type] of Object.entries(types)) {
    const content = readFileSync(new URL(`../assets/${name}`, import.meta.url), 'utf8');
    routes.get(`/${name}`, (c) => c.body(content, 200, { 'Content-Type': type, 'Cache-Control': 'max-age=300' }));
  }
  return routes;
}
