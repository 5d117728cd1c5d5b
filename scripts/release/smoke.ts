import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runtimes, smokeOn, smokeOnWorkerd } from '../../packages/client/test/support/runtimes.ts';
import type { Settings } from '../../packages/client/test/support/stage.ts';

/** Every runtime that the smoke program runs on. */
export const runtimeNames: readonly string[] = [...runtimes.map(({ name }) => name), 'workerd'];

/**
 * Runs the smoke program on runtimes, one after the other, with the client and the mock that a folder has installed.
 * The mock has a process of its own, since a process that has loaded one version cannot load the next from its place.
 *
 * @param names the runtimes
 * @returns what the program printed on each; for one that failed, why
 */
export async function smokeIn(folder: string, names: readonly string[]): Promise<Record<string, unknown>> {
  const program = fileURLToPath(new URL('stage-process.ts', import.meta.url));
  const stage = fork(program, [join(folder, 'node_modules/@didit-data/mock/dist/index.js')], { execArgv: [] });
  try {
    const ended = once(stage, 'exit').then(([code]): never => {
      throw new Error(`the mock that is installed in ${folder} ended with exit code ${code}`);
    });
    ended.catch(() => {}); // it ends in any case; that matters only while its settings are waited for
    const [settings] = (await Promise.race([once(stage, 'message'), ended])) as [Settings];
    const printed: Record<string, unknown> = {};
    for (const name of names) printed[name] = await smoke(name, folder, settings).catch((error) => String(error));
    return printed;
  } finally {
    if (stage.connected) stage.disconnect();
  }
}

function smoke(name: string, folder: string, settings: Settings): Promise<unknown> {
  if (name === 'workerd') return smokeOnWorkerd(folder, settings);
  const runtime = runtimes.find((one) => one.name === name);
  if (!runtime) return Promise.reject(new Error(`there is no runtime ${name}`));
  return smokeOn(runtime, folder, settings);
}
