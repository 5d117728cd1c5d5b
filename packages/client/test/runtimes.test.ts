import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { describe, expect, inject, test } from 'vitest';
import { launchChromium } from '../../../scripts/chromium.ts';
import { output, runtime, runtimeFile } from './outside.ts';
import { type Settings, startStage } from './stage.ts';

const folder = inject('folder');

const smokeResult = {
  status: 'Confirmed',
  verified: true,
  again: 'Confirmed',
  tokens: ['issued', 'invalidated', 'issued'],
  unknown: 'NotFoundError 404',
};

const deno = ['run', '--quiet', '--no-remote', '--no-prompt', '--node-modules-dir=manual', '--allow-net=127.0.0.1'];

const quiet = { DENO_DIR: join(folder, '.deno'), DENO_NO_UPDATE_CHECK: '1', DO_NOT_TRACK: '1' };

/** Deno's package for this system exists for x64 alone. */
const programs: readonly (readonly [name: string, command: string, args: readonly string[], version: RegExp])[] = [
  ['Node 20', runtime('node-20', 'bin/node'), [], /^v20\./],
  ['Node 22', runtime('node-22', 'bin/node'), [], /^v22\./],
  ['Node 24', process.execPath, [], /^v24\./],
  ['Node 26', runtime('node-26', 'bin/node'), [], /^v26\./],
  ['Bun', runtime('bun', 'bin/bun'), [], /^1\./],
  ...(process.arch === 'x64' ? ([['Deno', runtime('deno', 'deno'), deno, /^deno 2\./]] as const) : []),
];

describe.concurrent('the packed package, token to NotFoundError', () => {
  test.each(programs)('on %s', async (_, command, args, version) => {
    await using stage = await startStage();
    expect(await output(command, ['--version'], folder)).toMatch(version);
    const printed = await output(command, [...args, 'main.mjs', JSON.stringify(stage.settings)], folder, quiet);
    expect(JSON.parse(printed)).toEqual(smokeResult);
  });

  test('on workerd', async () => {
    await using stage = await startStage();
    const script = await bundled(
      "import { smoke } from './smoke.mjs'; export default { fetch: async (_, env) => Response.json(await smoke(env)) };",
      { format: 'esm', conditions: ['workerd', 'worker'] },
    );
    const { Miniflare } = (await import(
      pathToFileURL(runtimeFile('miniflare/dist/src/index.js')).href
    )) as MiniflareModule;
    const worker = new Miniflare({
      modules: true,
      script,
      bindings: stage.settings,
      compatibilityDate: '2026-07-01',
      cf: false, // or else it would be fetched
    });
    try {
      const response = await worker.dispatchFetch('http://worker/');
      const text = await response.text();
      expect(response.status, text).toBe(200);
      expect(JSON.parse(text)).toEqual(smokeResult);
    } finally {
      await worker.dispose();
    }
  });

  test('in Chromium, which a client with a secret refuses unless that is allowed', async () => {
    const script = await bundled(
      "export { smoke } from './smoke.mjs'; export { createClient, OptionsError } from '@didit-data/client';",
      { format: 'iife', globalName: 'bundle', conditions: ['browser'] },
    );
    await using stage = await startStage(script);
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(stage.url);
      const settings = { ...stage.settings, baseUrl: stage.url };
      const result = await page.evaluate(
        (options) => bundle.smoke({ ...options, dangerouslyAllowBrowser: true }),
        settings,
      );
      expect(result).toEqual(smokeResult);

      const refusal = await page.evaluate((options) => {
        try {
          bundle.createClient(options);
          return 'it was made';
        } catch (error) {
          return error instanceof bundle.OptionsError ? `${error.name}: ${error.message}` : 'another error';
        }
      }, settings);
      expect(refusal).toMatch(/^OptionsError: .*dangerouslyAllowBrowser/);

      const made = `try { bundle.createClient(${JSON.stringify(settings)}); postMessage('it was made'); }`;
      const told = await page.evaluate(
        (code) =>
          new Promise<string>((resolve) => {
            const worker = new Worker(URL.createObjectURL(new Blob([code])));
            worker.onmessage = ({ data }) => resolve(data);
          }),
        `${script}; ${made} catch (error) { postMessage(error.message); }`,
      );
      expect(told).toContain('dangerouslyAllowBrowser');
    } finally {
      await browser.close();
    }
  });

  test.each([
    ['Node 20', runtime('node-20', 'bin/node')],
    ['Node 24', process.execPath],
  ])('by require() from CommonJS on %s', async (_, command) => {
    expect(await output(command, ['main.cjs'], folder)).toBe('OptionsError');
  });
});

test('its only dependency in a bundle is openapi-fetch', async () => {
  const { metafile } = await build({ ...bundling("export * from '@didit-data/client';"), metafile: true });
  const packages = Object.keys(metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  expect(new Set(packages.filter(Boolean))).toEqual(new Set(['@didit-data/client', 'openapi-fetch']));
});

/** What the page's script leaves in the browser. */
declare const bundle: {
  smoke(options: Settings & { dangerouslyAllowBrowser: boolean }): Promise<unknown>;
  createClient(options: Settings): unknown;
  readonly OptionsError: ErrorConstructor;
};

function bundling(contents: string) {
  return {
    stdin: { contents, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
  } as const satisfies BuildOptions;
}

async function bundled(contents: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...bundling(contents), ...options });
  return outputFiles?.[0]?.text ?? '';
}

/** As much of miniflare as is used; it is installed apart from the workspace. */
interface MiniflareModule {
  readonly Miniflare: new (
    options: object,
  ) => { dispatchFetch(url: string): Promise<Response>; dispose(): Promise<void> };
}
