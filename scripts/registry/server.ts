// The registry's own process.
import { rmSync } from 'node:fs';
import { runServer } from 'verdaccio';

/**
 * The registry's own process: serves a directory on a free port of loopback and reports the port to its parent. When the
 * parent ends, however it ends, this process removes the directory and ends too.
 */
async function main(directory: string): Promise<void> {
  process.once('disconnect', () => {
    rmSync(directory, { recursive: true, force: true });
    process.exit();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {}); // the parent's end is the end
  const server = await runServer({
    storage: `${directory}/storage`,
    self_path: directory,
    uplinks: {},
    packages: { '**': { access: ['$all'], publish: ['$authenticated'], unpublish: [] } },
    auth: { htpasswd: { file: `${directory}/htpasswd`, max_users: 1 } },
    max_body_size: '50mb',
    web: { enable: false },
    log: { type: 'stderr', format: 'pretty', level: 'fatal' },
  });
  server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
}

const [directory] = process.argv.slice(2);
if (!directory || !process.send) throw new Error('scripts/registry.ts starts this program; it is not started by hand');
await main(directory);
