import { build } from 'esbuild';
import { describe, expect, inject, test } from 'vitest';
import { launchChromium } from '../../../scripts/chromium.ts';
import { output, runtime } from './support/outside.ts';
import { bundle as bundleIn, bundling, runtimes, smokeOn, smokeOnWorkerd, smokeResult } from './support/runtimes.ts';
import { type Settings, startStage } from './support/stage.ts';

const folder = inject('folder');

describe.concurrent('the packed package, token to NotFoundError', () => {
  test.each(runtimes)('on $name', async (runtime) => {
    await using stage = await startStage();
    expect(await output(runtime.command, ['--version'], folder)).toMatch(runtime.version);
    expect(await smokeOn(runtime, folder, stage.settings)).toEqual(smokeResult);
  });

  test('on workerd', async () => {
    await using stage = await startStage();
    expect(await smokeOnWorkerd(folder, stage.settings)).toEqual(smokeResult);
  });

  test('in Chromium, which a client with a secret refuses unless that is allowed', async () => {
    const script = await bundleIn(
      folder,
      "export { smoke } from './smoke.mjs'; export { createClient, OptionsError } from '@didit-data/client';",
      { format: 'iife', globalName: 'bundle', conditions: ['browser'] },
    );
    await using stage = await startStage({ script });
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
  const { metafile } = await build({ ...bundling(folder, "export * from '@didit-data/client';"), metafile: true });
  const packages = Object.keys(metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  expect(new Set(packages.filter(Boolean))).toEqual(new Set(['@didit-data/client', 'openapi-fetch']));
});

/** What the page's script leaves in the browser. */
declare const bundle: {
  smoke(options: Settings & { dangerouslyAllowBrowser: boolean }): Promise<unknown>;
  createClient(options: Settings): unknown;
  readonly OptionsError: ErrorConstructor;
};
