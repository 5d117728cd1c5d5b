// Takes the picture of the sample app that the READMEs show.
import { mkdtempDisposable, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startApp } from '../apps/sample/test/support/running-app.ts';
import { launchChromium } from './chromium.ts';
import { root } from './execute.ts';

const picture = join(root, 'apps/sample/screenshot.png');
const viewport = { width: 780, height: 720 };
const largest = 150_000;

/** Makes the picture in the READMEs: a request and its result, side by side, with a person whom the mock made up. */
async function main(): Promise<void> {
  const { startMock } = await import('@didit-data/mock');
  await using mock = await startMock({ scenario: 'pending' });
  await using data = await mkdtempDisposable(join(tmpdir(), 'didit-data-'));
  const app = await startApp(join(root, 'apps/sample'), {
    DIDIT_BASE_URL: mock.url,
    DIDIT_CLIENT_ID: mock.clientId,
    DIDIT_CLIENT_SECRET: mock.clientSecret,
    SAMPLE_DATABASE: join(data.path, 'sample.db'),
    SAMPLE_INTERVAL_MS: '100',
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport, colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(app.url);
    for (const name of ['Phone number', 'Over 18']) await page.getByRole('checkbox', { name }).check();
    await page.getByLabel('Your reference').fill('order 1042');
    await page.getByRole('button', { name: 'Start verification' }).click();
    await page.getByRole('heading', { name: 'Continue in the Didit app' }).waitFor();
    const waiting = await page.screenshot();
    const id = decodeURIComponent(new URL(page.url()).pathname.replace('/sessions/', ''));
    mock.sessions.get(id)?.confirm({ share: ['names', 'email', 'is_over_18'] });
    await page.getByRole('heading', { name: 'Thank you, you are done' }).waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await compose(await browser.newPage(), [waiting, await page.screenshot()]);
  } finally {
    await browser.close();
    await app.stop();
  }
  const { size } = await stat(picture);
  console.log(`${picture}: ${size} bytes`);
  if (size > largest) throw new Error(`the picture is larger than ${largest} bytes`);
}

/** Puts pictures side by side into one. */
async function compose(page: Page, pictures: readonly Buffer[]): Promise<void> {
  const images = pictures.map((image) => `<img src="data:image/png;base64,${image.toString('base64')}">`);
  await page.setViewportSize({ width: viewport.width * pictures.length, height: viewport.height });
  await page.setContent(`<style>body { display: flex; margin: 0 }</style>${images.join('')}`);
  await page.screenshot({ path: picture });
}

await main();
