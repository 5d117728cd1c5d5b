import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../../../scripts/chromium.ts';
import { type Mock, type MockSession, startMock } from '../src/index.ts';
import { open } from './helpers.ts';

const allScopes =
  'user_id picture names email phone gender document_detail birthdate address bank_account preferences is_verified is_over_18 is_over_21 instagram_account x_account tiktok_account';

let mock: Mock;
let browser: Browser;
const pages: Page[] = [];

beforeAll(async () => {
  mock = await startMock({ scenario: 'pending' });
  browser = await launchChromium();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
});
afterAll(async () => {
  await browser?.close();
  await mock?.close();
});

interface Visit {
  readonly page: Page;
  readonly session: MockSession;
  /** Errors of the browser: a refused style or script, a missing resource. */
  readonly complaints: string[];
}

describe('the person', () => {
  test('decides with the keyboard alone, with visible focus', async () => {
    const { page, session, complaints } = await visit('names email phone', 'user-42');
    const stops: string[] = [];
    const step = async (): Promise<void> => {
      await page.keyboard.press('Tab');
      const { name, visible } = await focused(page);
      expect(visible, name).toBe(true);
      stops.push(name ?? '');
    };
    await step();
    await step();
    await page.keyboard.press('Space');
    for (let more = 0; more < 5; more += 1) await step();
    expect(stops).toEqual(['Names', 'E-mail address', 'Phone number', 'Confirm', 'Decline', 'Cancel', 'Let it expire']);
    for (let back = 0; back < 3; back += 1) await page.keyboard.press('Shift+Tab');
    expect((await focused(page)).name).toBe('Confirm');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Confirmed' }).waitFor();
    expect(session).toMatchObject({ status: 'confirmed', approvedScopes: ['names', 'phone'] });
    expect(complaints).toEqual([]);
  });

  test('decides without JavaScript', async () => {
    const { page, session } = await visit('names email', 'user-42', { javaScriptEnabled: false });
    expect(session.status).toBe('retrieved');
    await page.getByRole('checkbox', { name: 'Names' }).uncheck();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { level: 1, name: 'Confirmed' }).waitFor();
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual([expect.stringMatching(/^E-mail address/)]);
    expect(session.approvedScopes).toEqual(['email']);
    await page.reload(); // after a 303 there is no form to send again
    await page.getByRole('heading', { level: 1, name: 'Confirmed' }).waitFor();
  });

  test.each([
    ['Decline', 'Declined', 'declined'],
    ['Cancel', 'Cancelled', 'cancelled'],
    ['Let it expire', 'Expired', 'expired'],
  ])('%s', async (button, heading, status) => {
    const { page, session } = await visit('names');
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    expect(session.status).toBe(status);
  });

  test('sees the first decision after going back and deciding again', async () => {
    const { page, session } = await visit('names');
    await page.getByRole('button', { name: 'Decline' }).click();
    await page.getByRole('heading', { level: 1, name: 'Declined' }).waitFor();
    await page.evaluate(() => {
      const form = document.createElement('form');
      form.method = 'post';
      form.innerHTML = '<input name="decision" value="confirm"><button>Confirm</button>';
      document.body.append(form);
    });
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.waitForLoadState();
    await page.getByRole('heading', { level: 1, name: 'Declined' }).waitFor();
    expect(session.status).toBe('declined');
  });
});

describe('the page', () => {
  test.each(['light', 'dark'] as const)(
    '%s: contrast of AA, and the style is the one that the policy allows',
    async (colorScheme) => {
      const { page, complaints } = await visit(`${allScopes} shoe_size`, 'user-42', { colorScheme });
      const { seen, found } = await tooFaint(page);
      expect(seen).toBeGreaterThan(40);
      expect(found).toEqual([]);
      const dark = colorScheme === 'dark';
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(background).toBe(dark ? 'rgb(16, 20, 26)' : 'rgb(238, 241, 245)');
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByRole('heading', { level: 1, name: 'Confirmed' }).waitFor();
      expect((await tooFaint(page)).found).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  test('landmarks, one main heading, a name for every control', async () => {
    const { page } = await visit(`${allScopes} shoe_size`, 'user-42');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    for (const role of ['banner', 'main', 'contentinfo'] as const) expect(await page.getByRole(role).count()).toBe(1);
    expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual(['Share your data?']);
    expect(await page.getByRole('group', { name: 'Your data' }).getByRole('checkbox').count()).toBe(17);
    for (const control of await page.locator('input, button').all()) {
      expect(
        await control.evaluate(
          (element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent,
        ),
      ).toMatch(/\w/);
    }
  });

  test.each([320, 640, 1280])('%i px wide: nothing is cut off, every control is large enough', async (width) => {
    const long = `${'a'.repeat(190)}`;
    const { page } = await visit(`${allScopes} ${'z'.repeat(300)}`, long, { viewport: { width, height: 700 } });
    const sizes = await page.evaluate(() => ({
      content: document.documentElement.scrollWidth,
      window: document.documentElement.clientWidth,
      heights: [...document.querySelectorAll('label, button')].map((element) => element.getBoundingClientRect().height),
    }));
    expect(sizes.content).toBeLessThanOrEqual(sizes.window);
    expect(Math.min(...sizes.heights)).toBeGreaterThanOrEqual(24);
  });

  test('values from an app are shown as text', async () => {
    const evil = '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">';
    const { page, complaints } = await visit('names "><script>document.title="owned"</script>', evil);
    expect(await page.title()).toBe('Share your data? – didit-data mock');
    expect(await page.getByText(evil).count()).toBe(1);
    expect(complaints).toEqual([]);
  });
});

async function visit(scope: string, vendorData?: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const { id, token } = await open(mock, scope, vendorData);
  const session = mock.sessions.get(id);
  if (!session) throw new Error('No such session');
  const page = await (await browser.newContext(options)).newPage();
  pages.push(page);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${mock.url}/authorize/${token}`);
  return { page, session, complaints };
}

/** The accessible name of the focused element, and whether the focus is visible. */
function focused(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return { name: '', visible: false };
    const name = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element.textContent;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      name: (name ?? '').split('\n')[0]?.trim(),
      visible: outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2,
    };
  });
}

/** Every text with a contrast below 4.5 : 1. */
function tooFaint(page: Page) {
  return page.evaluate(() => {
    const channels = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (color: string): number => {
      const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (element: Element): string => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (channels(backgroundColor)[3] !== 0) return backgroundColor;
      }
      return 'rgb(255, 255, 255)';
    };
    const ratio = (one: string, other: string): number => {
      const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
      return (high + 0.05) / (low + 0.05);
    };
    const found: string[] = [];
    let seen = 0;
    for (const element of document.querySelectorAll('body *')) {
      if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())) continue;
      seen += 1;
      const contrast = ratio(getComputedStyle(element).color, behind(element));
      if (!(contrast >= 4.5)) found.push(`${element.textContent?.trim()}: ${contrast.toFixed(2)}`);
    }
    return { seen, found };
  });
}
