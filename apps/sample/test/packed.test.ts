import { readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Mock, startMock } from '@didit-data/mock';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOutside, type OutsideApp } from './outside.ts';
import { type RunningApp, startApp } from './running-app.ts';

let outside: OutsideApp;
beforeAll(async () => {
  outside = await copyOutside();
}, 180_000);
afterAll(() => outside?.remove());

describe('the app on the packed client, outside the workspace', () => {
  it('has the client as its users have it', async () => {
    const installed = join(outside.directory, 'node_modules/@didit-data/client');
    expect(await realpath(installed)).toBe(join(await realpath(outside.directory), 'node_modules/@didit-data/client'));
    await expect(realpath(join(installed, 'src'))).rejects.toThrow('ENOENT');
  });

  it('compiles against the packed types', async () => {
    expect(await outside.typecheck()).toEqual({ code: 0, output: '' });
  });

  it('does not compile when the contract retypes a field that it uses', async () => {
    const path = join(outside.directory, 'node_modules/@didit-data/client/dist/index.d.ts');
    const types = await readFile(path, 'utf8');
    const retyped = types.replace(/(\bEmail: \{[^}]*\bis_verified\?: )boolean\b/, '$1string');
    expect(retyped).not.toBe(types);
    await writeFile(path, retyped);
    try {
      const { code, output } = await outside.typecheck();
      expect(code).not.toBe(0);
      expect(output).toMatch(/^src\/views\/shared-data\.ts\(\d+,\d+\): error TS2345: .*'string/m);
      expect(output.match(/error TS/g)).toHaveLength(1);
    } finally {
      await writeFile(path, types);
    }
  });
});

describe('the app in a browser', () => {
  let mock: Mock;
  let app: RunningApp;
  let browser: Browser;
  beforeAll(async () => {
    mock = await startMock({ port: 0, scenario: 'pending' });
    app = await startApp(outside.directory, {
      DIDIT_BASE_URL: mock.url,
      DIDIT_CLIENT_ID: mock.clientId,
      DIDIT_CLIENT_SECRET: mock.clientSecret,
    });
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await mock?.close();
  });

  /** A person with a browser of their own, in which no script runs. */
  async function newPerson(): Promise<Page> {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(app.url);
    return page;
  }

  /** Asks for names, e-mail address and phone number. @returns the mock's side of the session */
  async function startSession(page: Page) {
    await page.getByRole('checkbox', { name: 'Phone number' }).check();
    await page.getByRole('button', { name: 'Start verification' }).click();
    await page.getByRole('heading', { name: 'Continue in the Didit app' }).waitFor();
    const session = mock.sessions.get(decodeURIComponent(new URL(page.url()).pathname.replace('/sessions/', '')));
    if (!session) throw new Error(`the mock has no session for ${page.url()}`);
    return session;
  }

  it('retrieves what the person shared, and shows it without being asked', async () => {
    const page = await newPerson();
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).origin));
    const session = await startSession(page);
    expect(session.requestedScopes).toEqual(['names', 'email', 'phone']);
    const link = page.getByRole('link', { name: 'Open in the Didit app' });
    expect(await link.getAttribute('href')).toContain(session.token);
    expect(page.url()).not.toContain(session.token);

    session.confirm({ share: ['names', 'email'] });
    await page.getByRole('heading', { name: 'Thank you, you are done' }).waitFor(); // loads itself again
    const items = await page.locator('[data-item]').evaluateAll((all) => all.map(({ dataset }) => dataset.item));
    expect(items).toEqual(['names', 'email']);
    expect(await page.locator('[data-item=email] dd').textContent()).toMatch(/^\S+@\S+\s+Verified by Didit$/);
    expect(await page.getByRole('listitem').allTextContents()).toEqual(['Phone number']);
    expect(await page.content()).not.toContain(session.token);
    expect([...hosts]).toEqual([app.url]);
    await page.context().close();
  });

  it('shows that the person declined, and no data', async () => {
    const page = await newPerson();
    const session = await startSession(page);
    session.decline();
    await page.getByRole('heading', { name: 'The request was declined' }).waitFor();
    expect(await page.getByRole('status').textContent()).toBe('Declined');
    expect(await page.locator('[data-item]').count()).toBe(0);
    await page.context().close();
  });

  it('shows nothing to another browser', async () => {
    const [page, stranger] = [await newPerson(), await newPerson()];
    const session = await startSession(page);
    session.confirm();
    const response = await stranger.goto(page.url());
    expect(response?.status()).toBe(404);
    expect(await stranger.locator('[data-item]').count()).toBe(0);
    await page.context().close();
    await stranger.context().close();
  });

  it('writes neither secrets nor personal data', () => {
    expect(app.output()).toBe(`Sample app: ${app.url}`);
  });
});
