import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { launchChromium } from '../chromium.ts';
import { checkLinks } from '../docs/links.ts';
import { mustExecute } from '../execute.ts';
import { root } from '../run.ts';
import { temporaryFolder } from './temporary-folder.ts';

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
}

let said: string;
beforeAll(async () => {
  said = await mustExecute('pnpm', ['--silent', 'run', 'docs'], { cwd: root });
});

test('says what was made, how many links were followed, and which were not', () => {
  expect(said).toMatch(/\n {2}https:\/\//);
  expect(said).toMatch(/^docs\/ is made; [1-9]\d{2,} links/m);
});

test('a link to nowhere is found, in HTML and in Markdown, to a file and to a place in one', async () => {
  const folder = await temporaryFolder();
  await writeFile(
    join(folder, 'page.html'),
    '<a href="text.md#here">1</a><a href="none.html">2</a><a href="#none">3</a><a href="https://x.example/">4</a>',
  );
  await writeFile(
    join(folder, 'text.md'),
    '# Here\n\n[5](page.html) [6](gone.md) [7](#gone) [8](#here) [9](folder) [10](none)\n',
  );
  await mkdir(join(folder, 'folder'));
  const { broken, external } = await checkLinks(folder, ['page.html', 'text.md']);
  expect([...broken].sort()).toEqual([
    'page.html: none.html',
    'page.html: page.html#none',
    'text.md: gone.md',
    'text.md: none',
    'text.md: text.md#gone',
  ]);
  expect(external).toEqual(['https://x.example/']);
});

test('every entry of the client is there, under the version that it has', async () => {
  const { exports, version } = JSON.parse(await readFile(join(root, 'packages/client/package.json'), 'utf8'));
  const entries = Object.keys(exports).filter((path) => !path.endsWith('.json'));
  for (const entry of entries) {
    const page = await readFile(join(root, 'docs/client/modules', `${entry.slice(2) || 'index'}.html`), 'utf8');
    expect(page).toContain(`v${version}`);
  }
});

describe('the page of the contract, without a network', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const address = pathToFileURL(join(root, 'docs/contract.html')).href;

  async function open(hash = ''): Promise<{ readonly page: Page; readonly complaints: string[] }> {
    const context = await browser.newContext({ offline: true });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() !== 'info' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => /^(file|blob|data):/.test(request.url()) || complaints.push(request.url()));
    await page.goto(address + hash);
    return { page, complaints };
  }

  test('shows every operation, each under an address of its own', async () => {
    const contract = parse(await readFile(join(root, 'openapi/didit-data.yaml'), 'utf8'));
    const paths: Record<string, Record<string, Operation>> = contract.paths;
    const operations = Object.values(paths).flatMap((item) =>
      Object.values(item).filter(({ operationId }) => operationId),
    );
    expect(operations.length).toBeGreaterThan(0);
    for (const { operationId = '', summary = '', tags: [tag = ''] = [] } of operations) {
      const { page, complaints } = await open(`#/${tag.toLowerCase()}/${operationId.toLowerCase()}`);
      const heading = page.locator('h2', { hasText: summary });
      await heading.waitFor();
      await expect
        .poll(() => heading.boundingBox().then((box) => box !== null && box.y >= 0 && box.y < 720))
        .toBe(true);
      expect(complaints).toEqual([]);
    }
  });

  test('finds what is searched for', async () => {
    const { page, complaints } = await open();
    await page.getByText('Search').first().click();
    await page.keyboard.type('decision');
    await page.getByText('response 200 fields').first().waitFor();
    expect(complaints).toEqual([]);
  });
});
