import { expect, test } from 'vitest';
import { heading, sharedItems, startSession, useStage } from '../support/stage.ts';

const openStage = useStage();
/** How long the service is down. Set it to more to watch. */
const outageMs = Number(process.env.SAMPLE_OUTAGE_MS ?? 2_000);

test('when the access token is revoked in mid-session, the person notices nothing', async () => {
  const { mock, newPerson, sessionOn, output, url } = await openStage();
  const { page } = await newPerson();
  await startSession(page);
  mock.tokens.revokeAll();
  const refused = () => mock.requests.filter(({ status }) => status === 401).length;
  await expect.poll(refused).toBe(1);
  sessionOn(page).confirm();
  await heading(page, 'Thank you, you are done');
  expect(mock.requests.filter(({ operationId }) => operationId === 'issueToken')).toHaveLength(2);
  expect(refused()).toBe(1);
  expect(output()).toBe(`Sample app: ${url}`);
});

test('when the service is down in mid-session, the page says so, and continues when it is back', {
  timeout: outageMs + 20_000,
}, async () => {
  const { gateway, newPerson, sessionOn } = await openStage();
  const { page } = await newPerson();
  await startSession(page);
  await gateway.cut();
  await page.getByRole('main').getByText('Didit does not answer just now').waitFor();
  expect(await page.getByRole('status').textContent()).toBe('Didit does not answer just now. This page keeps asking.');
  await page.waitForTimeout(outageMs);
  await page.reload();
  await page.getByRole('main').getByText('Didit does not answer just now').waitFor();
  sessionOn(page).confirm();
  await gateway.restore();
  await heading(page, 'Thank you, you are done');
  expect(await sharedItems(page)).toEqual(['names', 'email']);
});

test('when the page is reloaded or the app killed in mid-session, both continue where they were', async () => {
  const { newPerson, sessionOn, restart, output } = await openStage();
  const [watching, sleeping] = [await newPerson(), await newPerson()];
  await startSession(watching.page, ['Names'], 'order 7');
  await startSession(sleeping.page, ['E-mail address']);
  const [first, second] = [sessionOn(watching.page), sessionOn(sleeping.page)];
  await watching.page.reload();
  await heading(watching.page, 'Continue in the Didit app');

  const restarted = restart('SIGKILL', 2_500);
  await watching.page.locator('#offline', { hasText: 'No connection to this site just now' }).waitFor();
  await watching.page
    .locator('#announcement', { hasText: 'No connection to this site just now' })
    .waitFor({ state: 'attached' });
  await restarted;
  await watching.page
    .locator('#offline', { hasText: 'No connection to this site just now' })
    .waitFor({ state: 'hidden' });
  first.retrieve();
  await heading(watching.page, 'Decide in the Didit app');
  first.confirm();
  await heading(watching.page, 'Thank you, you are done');

  second.decline(); // while nobody was asking
  await heading(sleeping.page, 'The request was declined');
  expect(
    output()
      .replaceAll(/Sample app: \S+/g, '')
      .trim(),
  ).toBe('');
});

test('a decision that is made while the app is down is shown afterwards', async () => {
  const { newPerson, sessionOn, restart } = await openStage();
  const { page } = await newPerson();
  await startSession(page);
  const session = sessionOn(page);
  const restarted = restart('SIGTERM', 500);
  session.confirm({ share: ['email'] });
  expect(await restarted).toBe(0); // an open page does not hold up the end
  await heading(page, 'Thank you, you are done');
  expect(await sharedItems(page)).toEqual(['email']);
});

test('script in names and references is shown as text', async () => {
  const script = '<img src=x onerror="document.body.innerHTML=1"><script>alert(1)</script>';
  const { mock, newPerson, sessionOn } = await openStage();
  const { page, complaints } = await newPerson();
  await startSession(page, ['Names'], script.slice(0, 100));
  const session = sessionOn(page);
  expect(session.vendorData).toBe(script);
  const decision = {
    session_id: session.id,
    status: 'Confirmed',
    vendor_data: script,
    user_data: { sub: 'x', names: { full_name: script, is_verified: true } },
  };
  mock.fault('getSessionDecision', { kind: 'status', status: 200, body: JSON.stringify(decision) });
  await page.getByText(`Reference: ${script}`).waitFor();
  session.confirm();
  await heading(page, 'Thank you, you are done');
  expect(await page.locator('[data-item=names] .value').textContent()).toBe(script);
  expect(await page.locator('main img, main script').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('characters that change the direction of text do not change the site’s own words', async () => {
  const name = '\u202eAda\u2067 Lovelace';
  const { mock, newPerson, sessionOn } = await openStage();
  const { page } = await newPerson();
  await startSession(page, ['Names'], 'order 7');
  const session = sessionOn(page);
  const decision = {
    session_id: session.id,
    status: 'Confirmed',
    vendor_data: 'order 7',
    user_data: { sub: 'x', names: { full_name: name, is_verified: true } },
  };
  mock.fault('getSessionDecision', { kind: 'status', status: 200, body: JSON.stringify(decision) });
  session.confirm();
  await heading(page, 'Thank you, you are done');
  const item = page.locator('[data-item=names] dd');
  expect(await item.textContent()).toContain(name);
  const places = await item.locator('.mark').evaluate((mark) => {
    const words = mark.lastChild;
    if (!words) throw new Error('no words');
    const placeOf = (at: number) => {
      const range = document.createRange();
      range.setStart(words, at);
      range.setEnd(words, at + 1);
      return range.getBoundingClientRect().left;
    };
    const begin = words.textContent?.indexOf('Verified') ?? -1;
    return [
      mark.parentElement?.querySelector('.value')?.getBoundingClientRect().right ?? 0,
      placeOf(begin),
      placeOf(begin + 7),
    ];
  });
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('an unknown status is not a confirmation, and a confirmation may follow it', async () => {
  const { mock, newPerson, sessionOn } = await openStage();
  const { page } = await newPerson();
  await startSession(page);
  const fault = mock.fault('getSessionStatus', { kind: 'status', status: 200, body: '{"status":"under_review"}' });
  sessionOn(page).confirm();
  await heading(page, 'The request is not confirmed');
  expect(await sharedItems(page)).toEqual([]);
  expect(await page.getByRole('link', { name: 'Open in the Didit app' }).count()).toBe(0);
  fault.clear();
  await heading(page, 'Thank you, you are done');
});

test('an answer that breaks the contract fails the session', async () => {
  const { mock, newPerson, sessionOn } = await openStage();
  const { page } = await newPerson();
  await startSession(page);
  mock.fault('getSessionDecision', { kind: 'schema-violation' });
  sessionOn(page).confirm();
  await heading(page, 'The verification failed');
  expect(await sharedItems(page)).toEqual([]);
  expect(await page.getByRole('main').textContent()).not.toContain('Verified');
});
