import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Removes a folder when the parent ends or lets go of it; as often as a process that ends later writes to it again. */
async function remove(folder: string): Promise<void> {
  for (let tries = 0, gone = 0; tries < 60 && gone < 4; tries += 1) {
    await rm(folder, { recursive: true, force: true }).catch(() => {}); // when it is just written to: the next try
    await sleep(50);
    gone = existsSync(folder) ? 0 : gone + 1;
  }
  process.exit();
}

const [folder] = process.argv.slice(2);
if (!folder || !process.send) throw new Error('scripts/release/scratch-folder.ts starts this program');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {}); // the parent's end counts
process.once('disconnect', () => void remove(folder));
process.send('ready');
