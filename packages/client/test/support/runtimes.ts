import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { outputs, runtime, runtimeFile } from './outside.ts';
import type { Settings } from './stage.ts';

/** What the smoke program prints when all is well. */
export const smokeResult = {
  status: 'Confirmed',
  verified: true,
  again: 'Confirmed',
  tokens: ['issued', 'invalidated', 'issued'],
  many: [20, 20],
  unknown: 'NotFoundError 404',
};

/** A runtime that is a program. */
export interface Runtime {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** How its version begins. */
  readonly version: RegExp;
}

const deno = ['run', '--quiet', '--no-remote', '--no-prompt', '--node-modules-dir=manual', '--allow-net=127.0.0.1'];

/** Deno's package for this system exists for x64 alone. */
export const runtimes: readonly Runtime[] = [
  { name: 'Node 20', command: runtime('node-20', 'bin/node'), args: [], version: /^v20\./ },
  { name: 'Node 22', command: runtime('node-22', 'bin/node'), args: [], version: /^v22\./ },
  { name: 'Node 24', command: process.execPath, args: [], version: /^v24\./ },
  { name: 'Node 26', command: runtime('node-26', 'bin/node'), args: [], version: /^v26\./ },
  { name: 'Bun', command: runtime('bun', 'bin/bun'), args: [], version: /^1\./ },
  ...(process.arch === 'x64'
    ? [{ name: 'Deno', command: runtime('deno', 'deno'), args: deno, version: /^deno 2\./ }]
    : []),
];

/**
 * Runs the smoke program on a runtime.
 *
 * @param folder where the client is installed, with `programs` beside it
 * @returns what it printed
 */
export async function smokeOn({ command, args }: Runtime, folder: string, settings: Settings): Promise<unknown> {
  const quiet = { DENO_DIR: join(folder, '.deno'), DENO_NO_UPDATE_CHECK: '1', DO_NOT_TRACK: '1' };
  const { stdout, stderr } = await outputs(command, [...args, 'main.mjs', JSON.stringify(settings)], folder, quiet);
  if (stderr !== '') throw new Error(`${command} warns:\n${stderr}`);
  return JSON.parse(stdout);
}

/** Runs the smoke program on workerd. @returns what it answered */
export async function smokeOnWorkerd(folder: string, settings: Settings): Promise<unknown> {
  const script = await bundle(
    folder,
    "import { smoke } from './smoke.mjs'; export default { fetch: async (_, env) => Response.json(await smoke(env)) };",
    { format: 'esm', conditions: ['workerd', 'worker'] },
  );
  const { Miniflare } = (await import(
    pathToFileURL(runtimeFile('miniflare/dist/src/index.js')).href
  )) as MiniflareModule;
  const worker = new Miniflare({
    modules: true,
    script,
    bindings: settings,
    compatibilityDate: '2026-07-01',
    cf: false, // or else it would be fetched
  });
  try {
    const response = await worker.dispatchFetch('http://worker/');
    const text = await response.text();
    if (response.status !== 200) throw new Error(`workerd answered ${response.status}: ${text}`);
    return JSON.parse(text);
  } finally {
    await worker.dispose();
  }
}

/** How the client is bundled from the folder in which it is installed. */
export function bundling(folder: string, contents: string) {
  return {
    stdin: { contents, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
  } as const satisfies BuildOptions;
}

/** Bundles a program. @returns the bundle's text */
export async function bundle(folder: string, contents: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...bundling(folder, contents), ...options });
  return outputFiles?.[0]?.text ?? '';
}

/** As much of miniflare as is used; it is installed apart from the workspace. */
interface MiniflareModule {
  readonly Miniflare: new (
    options: object,
  ) => { dispatchFetch(url: string): Promise<Response>; dispose(): Promise<void> };
}
