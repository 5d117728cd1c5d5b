import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The app as a process of its own. */
export interface RunningApp {
  /** Where it says that it is. */
  readonly url: string;
  readonly pid: number;
  /** Everything that it has written so far. */
  output(): string;
  /** Asks it to end. @returns its exit code, null when it did not end by itself */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `node src/main.ts` in a folder, with nothing in its environment but the given variables. */
export async function startApp(directory: string, env: Record<string, string>): Promise<RunningApp> {
  const app = spawn(process.execPath, ['src/main.ts'], { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(app, 'close').then(([code]) => code as number | null);
  const written: string[] = [];
  const [lines, errors] = [createInterface({ input: app.stdout }), createInterface({ input: app.stderr })];
  for (const source of [lines, errors]) source.on('line', (line) => written.push(line));

  const output = () => written.join('\n');
  const line = await Promise.race([
    once(lines, 'line').then(([first]) => String(first)),
    ended.then((code) => `ended with exit code ${code}: ${output()}`),
  ]);
  const [, url] = /^Sample app: (http:\/\/\S+)$/.exec(line) ?? [];
  if (url === undefined) {
    app.kill('SIGKILL');
    throw new Error(line);
  }
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    app.kill(signal);
    return ended;
  };
  return { url, pid: app.pid ?? 0, output, stop };
}
