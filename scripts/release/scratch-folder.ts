import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder in the system's temporary folder that is gone when it is disposed of, or when this process has ended. */
export interface ScratchFolder extends AsyncDisposable {
  readonly path: string;
}

/**
 * Makes one. A process of its own removes it, so that it goes also when this process is interrupted or killed.
 *
 * @param prefix what its name begins with
 */
export async function makeScratchFolder(prefix: string): Promise<ScratchFolder> {
  const path = await mkdtemp(join(tmpdir(), prefix));
  const program = fileURLToPath(new URL('scratch-folder-process.ts', import.meta.url));
  const remover = fork(program, [path], { stdio: 'ignore', execArgv: [] });
  await once(remover, 'message'); // from now on it outlives this process
  remover.unref(); // and does not keep it from ending
  remover.channel?.unref();
  return {
    path,
    async [Symbol.asyncDispose]() {
      if (remover.exitCode !== null || remover.signalCode !== null) return;
      remover.ref();
      const ended = once(remover, 'exit');
      remover.disconnect();
      await ended;
    },
  };
}
