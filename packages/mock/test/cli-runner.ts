import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, inject } from 'vitest';

/** The command: the source, or the built one. */
const cli = fileURLToPath(
  new URL(inject('target') === 'dist' ? '../dist/cli.js' : '../src/cli/cli.ts', import.meta.url),
);

/** A run of the command. */
export interface Cli {
  readonly child: ChildProcess;
  readonly output: { text: string; errors: string };
  readonly exit: Promise<number | null>;
}

const started: ChildProcess[] = [];

export function run(...args: string[]): Cli {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const output = { text: '', errors: '' };
  child.stdout.on('data', (chunk) => {
    output.text += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.errors += chunk;
  });
  return { child, output, exit: once(child, 'close').then(([code]) => code) };
}

afterAll(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Waits for the banner. */
export async function running(cli: Cli): Promise<URL> {
  for (;;) {
    const url = /listens on (http:\/\/\S+)/.exec(cli.output.text)?.[1];
    if (url !== undefined && cli.output.text.includes('Ctrl-C')) return new URL(url);
    if (cli.child.exitCode !== null) throw new Error(`Exited: ${cli.output.errors}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
