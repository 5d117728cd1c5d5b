import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const interruptions = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Gives work an empty folder, which is gone when the work has ended, and when the process is interrupted too. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'didit-contract-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const onInterruption = (signal: NodeJS.Signals) => {
    remove();
    process.kill(process.pid, signal); // nobody listens to it any more, so it ends the process
  };
  for (const signal of interruptions) process.once(signal, onInterruption);
  try {
    return await work(folder);
  } finally {
    for (const signal of interruptions) process.off(signal, onInterruption);
    remove();
  }
}
