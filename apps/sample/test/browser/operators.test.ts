import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { heading, operatorPassword, type Stage, startSession, useStage } from '../support/stage.ts';

const openStage = useStage();
const httpCredentials = { username: 'operator', password: operatorPassword };

/** Sessions of other people, each confirmed. @returns an operator on the table */
async function operatorAfter({ newPerson, sessionOn, url }: Stage, references: readonly string[]): Promise<Page> {
  const { page: person } = await newPerson();
  for (const reference of references) {
    await person.goto(url);
    await startSession(person, ['Names', 'E-mail address'], reference);
    sessionOn(person).confirm();
    await heading(person, 'Thank you, you are done');
  }
  const { page } = await newPerson({ httpCredentials });
  await page.getByRole('link', { name: 'For operators' }).click();
  await heading(page, 'Sessions');
  return page;
}

test('an operator needs the password', async () => {
  const { newPerson, url } = await openStage();
  const { page } = await newPerson({ httpCredentials: { ...httpCredentials, password: 'another password' } });
  expect((await page.goto(`${url}/operators`))?.status()).toBe(401);
  await heading(page, 'For operators');
});

test('an operator finds a session, and sees its data when they ask for it', async () => {
  const stage = await openStage();
  const page = await operatorAfter(stage, ['order 7', 'order 8']);
  expect(await page.getByRole('row').count()).toBe(3);
  await page.getByRole('searchbox', { name: 'Session or reference' }).fill('order 7');
  await page.getByRole('combobox', { name: 'Status' }).selectOption('Confirmed');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByText('1 session', { exact: true }).waitFor();
  await page
    .getByRole('row', { name: /order 7/ })
    .getByRole('link')
    .click();
  await heading(page, 'order 7');

  const email = page.locator('[data-item=email] .value');
  expect(await email.textContent()).toMatch(/^[^@a-z]*\w?•••.*@e••••\.••••$/);
  await page.getByRole('button', { name: 'Show the data' }).click();
  await expect.poll(() => email.textContent()).toMatch(/^[\w.]+@example\.(com|net|org)$/);
  expect(page.url()).not.toContain('example');
  expect(stage.output()).toMatch(/^Sample app: \S+\n(GET 401 refused\n)?operator reveal session="[\w-]+"$/);
});

test('an operator exports decisions, sees how far it is, and gets the file', async () => {
  const stage = await openStage();
  const page = await operatorAfter(stage, ['order 7', 'order 8']);
  const slow = stage.mock.fault('getSessionDecision', { kind: 'delay', ms: 1_500 });
  await page.getByRole('combobox', { name: 'Personal data' }).selectOption('In full');
  await page.getByRole('button', { name: 'Export' }).click();
  await heading(page, 'Export under way');
  const progress = page.getByRole('progressbar', { name: 'Decisions retrieved: 0 of 2' });
  expect(await progress.getAttribute('value')).toBe('0');
  await heading(page, 'Export ready');
  slow.clear();
  expect(await page.getByRole('progressbar', { name: 'Decisions retrieved: 2 of 2' }).getAttribute('value')).toBe('2');

  const link = page.getByRole('link', { name: 'Download the file' });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  expect(download.suggestedFilename()).toMatch(/^decisions-.*\.csv$/);
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(/,order [78],.*@example\.\w+,verified,/);
});
