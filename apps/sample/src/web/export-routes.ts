import { Hono } from 'hono';
import { notFound } from '../failure.ts';
import { exportFormats } from '../operators/export-file.ts';
import type { Export, ExportStore } from '../store/export-store.ts';
import { exportPage } from '../views/operators/export.ts';
import { fail } from './fail.ts';
import { type LiveState, liveStream } from './live.ts';
import type { Site } from './site.ts';

/** A file that is made for an operator: how far it is, and the file. */
export function exportRoutes({ site, exports }: { readonly site: Site; readonly exports: ExportStore }): Hono {
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
    const current = () => {
      const found = exports.find(id);
      return found && liveStateOf(found);
    };
    return liveStream(c, { changes: site.changes, topics: [id], current, closing: site.closing });
  });

  routes.get('/:id/file', (c) => {
    const found = exports.find(c.req.param('id'));
    if (found?.state !== 'done') return fail(c, notFound);
    const { type, text } = exportFormats[found.format];
    const day = new Date(found.createdAt).toISOString().slice(0, 10);
    return c.body(text(exports.rows(found.id)), 200, {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="decisions-${day}.${found.format}"`,
    });
  });
  return routes;
}

function liveStateOf({ state, written, failed }: Export): LiveState {
  return { version: `${state}-${written + failed}`, isFinal: state !== 'running' };
}
