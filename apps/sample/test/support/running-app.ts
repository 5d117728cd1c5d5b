import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The app in a process of its own. */
export interface RunningApp {
  /** The address that it prints. */
  readonly url: string;
  readonly pid: number;
  /** All its output so far. */
  output(): string;
  /** Sends a signal. @returns the exit code, null when the signal killed it */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `node src/main.ts` in a directory; its environment contains only the given variables. */
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
