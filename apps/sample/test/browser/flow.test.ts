import { expect, test } from 'vitest';
import { readQr } from '../support/read-qr.ts';
import { heading, sharedItems, startSession, useStage } from '../support/stage.ts';

const openStage = useStage();

test('a person is asked in one tab, decides in another, and sees the result in the first', async () => {
  const { mock, url, newPerson, sessionOn, output } = await openStage();
  const { page, complaints, origins } = await newPerson();
  await startSession(page, ['Names', 'E-mail address', 'Over 18'], 'order 7');
  const session = sessionOn(page);
  expect(session).toMatchObject({ requestedScopes: ['names', 'email', 'is_over_18'], vendorData: 'order 7' });

  const link = page.getByRole('link', { name: 'Open in the Didit app (opens in a new tab)' });
  expect(await link.getAttribute('href')).toContain(session.token);
  expect(await readQr(page)).toBe(await link.getAttribute('href'));
  expect(page.url()).not.toContain(session.token);

  await page.evaluate(() => document.body.setAttribute('data-same-page', ''));
  const [consent] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await heading(page, 'Decide in the Didit app');
  expect(
    await page.getByRole('listitem').filter({ hasText: 'Choose what to share' }).getAttribute('aria-current'),
  ).toBe('step');

  await consent.getByRole('button', { name: 'Confirm' }).click();
  await heading(page, 'Thank you, you are done');
  expect(await page.getByRole('status').textContent()).toBe('Confirmed. Thank you, you are done.');
  expect(await page.title()).toBe('Confirmed – Sample shop');
  expect(await sharedItems(page)).toEqual(['names', 'email', 'is_over_18']);
  expect(await page.locator('[data-item=email] dd').textContent()).toMatch(/^\S+@\S+\s+Verified by Didit$/);
  expect(await page.locator('body[data-same-page]').count()).toBe(1); // the page was never reloaded

  await page.reload();
  expect(await sharedItems(page)).toEqual(['names', 'email', 'is_over_18']);
  expect(await page.content()).not.toContain(session.token);
  expect(complaints).toEqual([]);
  expect([...origins]).toEqual([url]);
  expect(output()).toBe(`Sample app: ${url}`); // no personal data, no secret, nothing at all
  expect(mock.requests.filter(({ operationId }) => operationId === 'createSession')).toHaveLength(1);
});

test('a person can share less than was asked for', async () => {
  const { newPerson } = await openStage();
  const { page } = await newPerson();
  await startSession(page, ['Names', 'E-mail address', 'Phone number']);
  const link = page.getByRole('link', { name: 'Open in the Didit app' });
  const [consent] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await consent.getByRole('checkbox', { name: 'Names' }).uncheck();
  await consent.getByRole('checkbox', { name: 'Phone number' }).uncheck();
  await consent.getByRole('button', { name: 'Confirm' }).click();
  await heading(page, 'Thank you, you are done');
  expect(await sharedItems(page)).toEqual(['email']);
  expect(await page.getByRole('list').getByRole('listitem').allTextContents()).toEqual(['Names', 'Phone number']);
});

test.each([
  ['Decline', 'The request was declined'],
  ['Cancel', 'The request was cancelled'],
])('%s in one tab: the other tab says so, and what to do next', async (button, title) => {
  const { newPerson, url } = await openStage();
  const { page } = await newPerson();
  await startSession(page);
  const link = page.getByRole('link', { name: 'Open in the Didit app' });
  const [consent] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await consent.getByRole('button', { name: button }).click();
  await heading(page, title);
  expect(await sharedItems(page)).toEqual([]);
  await page.getByRole('heading', { name: 'What to do next' }).waitFor();
  await page.getByRole('link', { name: 'Start again' }).click();
  await page.waitForURL(`${url}/`);
});

test('a request on which nobody decides expires, and the page says so', async () => {
  const { mock, newPerson } = await openStage();
  const { page } = await newPerson();
  await startSession(page);
  mock.clock.advance({ hours: 25 });
  await heading(page, 'The request has expired');
  expect(await page.getByRole('status').textContent()).toBe('Expired. The request has expired.');
});

test('clicking twice, or sending the same form again, leads to the same session', async () => {
  const { mock, newPerson } = await openStage();
  const { page } = await newPerson();
  const form = await page.locator('input[name=form]').inputValue();
  await page.getByRole('button', { name: 'Start verification' }).dblclick();
  await heading(page, 'Continue in the Didit app');
  const led = await page.evaluate(async (token) => {
    const body = new URLSearchParams({ form: token, scope: 'phone' });
    return (await fetch('/sessions', { method: 'POST', body })).url;
  }, form);
  expect(led).toBe(page.url());
  expect(mock.requests.filter(({ operationId }) => operationId === 'createSession')).toHaveLength(1);
});

test('without JavaScript the page reloads itself, until the person stops it', async () => {
  const { newPerson, sessionOn } = await openStage();
  const { page } = await newPerson({ javaScriptEnabled: false });
  await startSession(page);
  const session = sessionOn(page);
  session.retrieve();
  await heading(page, 'Decide in the Didit app');
  const other = page.locator('noscript a'); // which the search by role passes over
  expect(await other.textContent()).toBe('Stop that');
  await other.click();
  await page.waitForURL('**/sessions/*?refresh=off');
  session.confirm({ share: ['names'] });
  await page.waitForTimeout(3_500); // longer than the page takes to load itself again
  await heading(page, 'Decide in the Didit app');
  expect(await other.textContent()).toBe('Look now, and keep looking');
  await other.click();
  await heading(page, 'Thank you, you are done');
  expect(await sharedItems(page)).toEqual(['names']);
  expect(await page.getByRole('list').getByRole('listitem').allTextContents()).toEqual(['E-mail address']);
});

test('two people at the same time each see only their own session', async () => {
  const { newPerson, sessionOn } = await openStage();
  const [one, other] = [await newPerson(), await newPerson()];
  await Promise.all([startSession(one.page), startSession(other.page)]);
  const [first, second] = [sessionOn(one.page), sessionOn(other.page)];
  expect(first.id).not.toBe(second.id);
  first.confirm();
  second.decline();
  await Promise.all([heading(one.page, 'Thank you'), heading(other.page, 'The request was declined')]);

  const response = await other.page.goto(one.page.url());
  expect(response?.status()).toBe(404);
  await heading(other.page, 'Not found');
  expect(await sharedItems(other.page)).toEqual([]);
  expect(await other.page.content()).not.toMatch(/@example/);
});
