import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { heading, operatorPassword, type Stage, startSession, useStage } from '../support/stage.ts';

const openStage = useStage();
const httpCredentials = { username: 'operator', password: operatorPassword };
/** Build output: to be looked at. */
const screenshots = fileURLToPath(new URL('../../reports/screenshots/', import.meta.url));

let axe: string;
beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});

const rules: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations', 'incomplete'],
};

const [narrow, wide] = [320, 1280];

/** What axe finds, as texts. What it cannot decide counts too, where nothing has to be scrolled into view. */
async function findings(page: Page, width: number): Promise<string[]> {
  await page.evaluate(axe);
  const { violations, incomplete } = await page.evaluate(
    (options) => (globalThis as unknown as { axe: { run(o: object): Promise<AxeResults> } }).axe.run(options),
    rules,
  );
  return [...violations, ...(width === wide ? incomplete : [])].map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
  );
}

/** Looks at a page in both colour schemes and at two widths, and keeps a picture of each. */
async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [narrow, wide]) {
      await page.setViewportSize({ width, height: 800 });
      const where = `${name}, ${colorScheme}, ${width} px`;
      expect(await findings(page, width), where).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBeLessThanOrEqual(width);
      await page.screenshot({ path: `${screenshots}${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
}

/** Brings a page of a new session to one of its ends. */
async function endSession({ url, sessionOn }: Stage, page: Page, end: 'decline' | 'cancel' | 'expire'): Promise<void> {
  await page.goto(url);
  await startSession(page);
  sessionOn(page)[end]();
  await heading(page, /The request/);
}

test('pages of the shop: axe finds nothing, and nothing overflows, in both colour schemes and at two widths', {
  timeout: 60_000,
}, async () => {
  const stage = await openStage();
  const { page } = await stage.newPerson();
  await look(page, 'start');
  await page.getByText('More kinds of data').click();
  for (const name of ['Names', 'E-mail address']) await page.getByRole('checkbox', { name }).uncheck();
  await page.getByRole('button', { name: 'Start verification' }).click();
  await page.getByRole('alert').waitFor();
  await look(page, 'start-refused');

  await startSession(page, ['Names', 'E-mail address', 'Phone number', 'Address', 'Picture'], 'order 7');
  await look(page, 'waiting');
  stage.sessionOn(page).retrieve();
  await heading(page, 'Decide in the Didit app');
  await look(page, 'opened');
  stage.sessionOn(page).confirm({ share: ['names', 'email', 'picture'] });
  await heading(page, 'Thank you, you are done');
  await look(page, 'confirmed');
});

test('pages of failures and of sessions that ended without data: axe finds nothing, and nothing overflows', {
  timeout: 60_000,
}, async () => {
  const stage = await openStage();
  const { page } = await stage.newPerson();
  for (const end of ['decline', 'cancel', 'expire'] as const) {
    await endSession(stage, page, end);
    await look(page, end);
  }
  await page.goto(stage.url);
  await startSession(page);
  stage.mock.fault('getSessionStatus', { kind: 'status', status: 404, body: '{}' });
  await heading(page, 'The verification failed');
  await look(page, 'failed');
  stage.mock.clearFaults();

  await page.goto(stage.url);
  await startSession(page);
  await stage.gateway.cut();
  await page.getByRole('main').getByText('Didit does not answer just now').waitFor();
  await look(page, 'service-away');
  await page.goto(stage.url);
  await look(page, 'start-waiting');
  await page.getByRole('button', { name: 'Start verification' }).click();
  await heading(page, 'Didit is not available');
  await look(page, 'unavailable');
  await page.goto(`${stage.url}/nowhere`);
  await look(page, 'not-found');
});

test('pages of operators: axe finds nothing, and nothing overflows', { timeout: 60_000 }, async () => {
  const stage = await openStage();
  const { page } = await stage.newPerson({ httpCredentials });
  await endSession(stage, page, 'decline');
  await page.goto(stage.url);
  await startSession(page);
  stage.sessionOn(page).confirm();
  await heading(page, 'Thank you, you are done');
  await page.goto(`${stage.url}/operators`);
  await look(page, 'operators');
  await page
    .getByRole('row', { name: /Confirmed/ })
    .getByRole('link')
    .click();
  await page.getByRole('button', { name: 'Show the data' }).waitFor();
  await look(page, 'operator-session');
  await page.goBack();
  await page.getByRole('button', { name: 'Export' }).click();
  await heading(page, 'Export ready');
  await look(page, 'export');
});

test('the keyboard alone is enough to get from the choice to the result, with a visible focus', async () => {
  const { newPerson, sessionOn } = await openStage();
  const { page } = await newPerson();
  const stops: (string | undefined)[] = [];
  const step = async () => {
    await page.keyboard.press('Tab');
    const { name, isVisible } = await focused(page);
    expect(isVisible, name).toBe(true);
    stops.push(name);
  };
  for (let at = 0; at < 6; at += 1) await step();
  expect(stops).toEqual(['Skip to the content', 'Sample shop', 'Names', 'E-mail address', 'Phone number', 'Over 18']);
  await page.keyboard.press('Space');
  for (let at = 0; at < 3; at += 1) await step();
  expect(stops.slice(6)).toEqual(['More kinds of data', 'Your reference (optional)', 'Start verification']);
  await page.keyboard.press('Enter');
  await heading(page, 'Continue in the Didit app');
  for (let at = 0; at < 3; at += 1) await step();
  expect(stops.at(-1)).toMatch(/^Open in the Didit app/);
  const [consent] = await Promise.all([page.context().waitForEvent('page'), page.keyboard.press('Enter')]);
  await consent.close();
  await heading(page, 'Decide in the Didit app');
  expect((await focused(page)).name).toMatch(/^Open in the Didit app/); // the page changed around it
  sessionOn(page).confirm();
  await heading(page, 'Thank you, you are done');
  expect((await focused(page)).name).toBe('Thank you, you are done'); // where it was is gone
});

/** What has the focus: its name, and whether one can see that it has the focus. */
function focused(page: Page): Promise<{ name: string | undefined; isVisible: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return { name: undefined, isVisible: false };
    const label = element instanceof HTMLInputElement ? element.labels?.[0] : element;
    const shown = element.closest('.choice') ?? element;
    const { outlineStyle, outlineWidth } = getComputedStyle(shown);
    const isVisible = outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2;
    return { name: label?.textContent?.replace(/\s+/g, ' ').trim(), isVisible };
  });
}

test('with a screen reader, the pages say what they show', async () => {
  const { mock, newPerson, sessionOn } = await openStage();
  const { page } = await newPerson();
  await startSession(page, ['Names', 'Phone number'], 'order 7');
  const { token } = sessionOn(page);
  const said = (await page.getByRole('main').ariaSnapshot()).replace(token, 'TOKEN').replace(mock.url, '');
  expect(said).toMatchInlineSnapshot(`
      "- main:
        - paragraph: Waiting for you
        - heading "Continue in the Didit app" [level=1]
        - paragraph: Scan the code with your phone, or open the request on this device.
        - link "Open in the Didit app (opens in a new tab)":
          - /url: /authorize/TOKEN
        - img "QR code that opens the request in the Didit app"
        - list:
          - listitem: Request made , done
          - listitem: Open it in the Didit app
          - listitem: Choose what to share
          - listitem: See the result here
        - heading "Asked for" [level=2]
        - list:
          - listitem: Names
          - listitem: Phone number
        - paragraph: "Reference: order 7""
    `);
  sessionOn(page).confirm({ share: ['names'] });
  await heading(page, 'Thank you, you are done');
  const heard = (await page.getByRole('main').ariaSnapshot()).replaceAll(/\d+ \w+ \d{4}, \d\d:\d\d UTC/g, 'TIME');
  expect(heard.replace(/definition: .* Verified/, 'definition: NAME Verified')).toMatchInlineSnapshot(`
      "- main:
        - paragraph: Confirmed
        - heading "Thank you, you are done" [level=1]
        - heading "What you shared" [level=2]
        - term: Names
        - definition: NAME Verified by Didit
        - heading "Asked for and not shared" [level=2]
        - list:
          - listitem: Phone number
        - paragraph: Shared on TIME. This page is yours alone. The data is deleted on TIME, 24 hours after you have shared it.
        - paragraph:
          - link "Start another verification":
            - /url: /"
    `);
});
