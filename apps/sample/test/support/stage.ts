import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Mock, type MockOptions, type MockSession, startMock } from '@didit-data/mock';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { launchChromium } from '../../../../scripts/chromium.ts';
import { type Gateway, openGateway } from './gateway.ts';
import { type RunningApp, startApp } from './running-app.ts';
import { temporaryDatabase } from './temporary.ts';

/** The app's directory: `pnpm sample:published` names a copy on released packages. */
const directory = process.env.SAMPLE_DIRECTORY ?? fileURLToPath(new URL('../..', import.meta.url));

export const operatorPassword = 'the-password-of-operators';

/** A real mock, app and browser. Tests share only the browser's process. */
export interface Stage {
  readonly mock: Mock;
  /** The proxy between the app and the mock. */
  readonly gateway: Gateway;
  readonly url: string;
  /** All output of the app, also before a restart. */
  output(): string;
  /** Ends the app, pauses, and starts it again on its port. @returns its exit code; null when it was killed */
  restart(signal: NodeJS.Signals, pauseMs: number): Promise<number | null>;
  newPerson(options?: BrowserContextOptions): Promise<Person>;
  /** The mock's controls of the session that a page shows. */
  sessionOn(page: Page): MockSession;
}

/** Another browser. */
interface Person {
  readonly page: Page;
  /** The browser's warnings and errors. */
  readonly complaints: readonly string[];
  /** The origins of its requests. */
  readonly origins: ReadonlySet<string>;
}

/** Declares a browser for the tests of a file. @returns a function that opens a test's stage */
export function useStage(): (options?: MockOptions) => Promise<Stage> {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  return (options) => openStage(browser, { scenario: 'pending', ...options });
}

async function openStage(browser: Browser, options: MockOptions): Promise<Stage> {
  const mock = await startMock(options);
  onTestFinished(() => mock.close());
  const gateway = await openGateway(mock.url);
  onTestFinished(() => gateway.cut());
  const SAMPLE_DATABASE = await temporaryDatabase();
  const env = {
    DIDIT_BASE_URL: gateway.url,
    DIDIT_CLIENT_ID: mock.clientId,
    DIDIT_CLIENT_SECRET: mock.clientSecret,
    SAMPLE_DATABASE,
    SAMPLE_INTERVAL_MS: '100',
    SAMPLE_OPERATOR_PASSWORD: operatorPassword,
  };
  let app: RunningApp = await startApp(directory, env);
  onTestFinished(async () => {
    await app.stop();
    await rm(SAMPLE_DATABASE, { force: true });
  });
  const { url } = app;
  let earlier = '';

  return {
    mock,
    gateway,
    url,
    output: () => earlier + app.output(),
    async restart(signal, pauseMs) {
      const code = await app.stop(signal);
      earlier += `${app.output()}\n`;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      app = await startApp(directory, { ...env, PORT: new URL(url).port });
      return code;
    },
    async newPerson(settings = {}) {
      const context = await browser.newContext(settings);
      onTestFinished(() => context.close());
      const page = await context.newPage();
      const complaints: string[] = [];
      const origins = new Set<string>();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('request', (request) => origins.add(new URL(request.url()).origin));
      await page.goto(url);
      return { page, complaints, origins };
    },
    sessionOn(page) {
      const id = decodeURIComponent(new URL(page.url()).pathname.replace('/sessions/', ''));
      const session = mock.sessions.get(id);
      if (!session) throw new Error(`the mock has no session for ${page.url()}`);
      return session;
    },
  };
}

/** Asks for these kinds of data, and waits for the page of the session. */
export async function startSession(page: Page, labels = ['Names', 'E-mail address'], reference = ''): Promise<void> {
  await page.getByRole('checkbox', { checked: true }).evaluateAll(uncheck);
  for (const label of labels) {
    const box = page.getByRole('checkbox', { name: label });
    if (!(await box.isVisible())) await page.getByText('More kinds of data').click();
    await box.check();
  }
  await page.getByLabel('Your reference').fill(reference);
  await page.getByRole('button', { name: 'Start verification' }).click();
  await heading(page, 'Continue in the Didit app');
}

function uncheck(boxes: readonly Element[]): void {
  for (const box of boxes) (box as HTMLInputElement).checked = false;
}

/** Waits for a heading. */
export async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** The names of the shared items on a page. */
export function sharedItems(page: Page): Promise<(string | undefined)[]> {
  return page.locator('[data-item]').evaluateAll((all) => all.map(({ dataset }) => dataset.item));
}
