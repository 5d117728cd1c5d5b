import { ReadableStream as NodeStream } from 'node:stream/web';
import { setImmediate as immediate } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { logLine, notFound } from '../failure.ts';
import { exportFormats } from '../operators/export-file.ts';
import type { Export } from '../store/export-store.ts';
import { exportPage } from '../views/operators/export.ts';
import { fail } from './fail.ts';
import { type LiveState, liveStream } from './live.ts';
import type { Site } from './visitors.ts';

/** A file that is made for an operator: how far it is, and the file itself. */
export function exportRoutes(site: Site): Hono {
  const { exports, log } = site;
  const routes = new Hono();

  routes.get('/:id', (c) => {
    const found = exports.find(c.req.param('id'));
    if (!found) return fail(c, notFound);
    const { version } = liveStateOf(found);
    return c.html(exportPage({ found, version, loadsAgain: c.req.query('refresh') !== 'off' }));
  });

  routes.get('/:id/events', (c) => {
    const id = c.req.param('id');
    if (!exports.find(id)) return fail(c, notFound);
    return liveStream(c, site, [id], () => {
      const found = exports.find(id);
      return found && liveStateOf(found);
    });
  });

  routes.get('/:id/file', (c) => {
    const found = exports.find(c.req.param('id'));
    if (found?.state !== 'done') return fail(c, notFound);
    const day = new Date(found.createdAt).toISOString().slice(0, 10);
    return c.body(NodeStream.from(contentOf(found, c)) as ReadableStream<Uint8Array<ArrayBuffer>>, 200, {
      'Content-Type': exportFormats[found.format].type,
      'Content-Disposition': `attachment; filename="decisions-${day}.${found.format}"`,
    });
  });

  /** Makes the file as fast as it is read. On failure breaks the connection: the file must not look complete. */
  async function* contentOf({ id, format }: Export, c: Context): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    let isBeginning = true;
    try {
      for (const rows of exports.pages(id)) {
        yield encoder.encode(exportFormats[format].text(rows, isBeginning));
        isBeginning = false;
        await immediate(); // lets the app serve others
      }
      if (!exports.find(id)) throw new Error('The export was deleted while it was sent.');
    } catch (error) {
      log(`export ${logLine(error)}`);
      const { outgoing } = c.env as Partial<HttpBindings>;
      if (!outgoing) throw error;
      outgoing.destroy();
    }
  }
  return routes;
}

function liveStateOf({ state, written, failed }: Export): LiveState {
  return { version: `${state}-${written + failed}`, isFinal: state !== 'running' };
}
