import { stat } from 'node:fs/promises';
import type { UserData } from '@didit-data/client';
import { expect, test, vi } from 'vitest';
import { sharedItems } from '../src/flow/shared-items.ts';
import { confirmed, created, openSite } from './support/site.ts';
import { temporaryDatabase } from './support/temporary.ts';
import { missingOn, sharedOn } from './support/visitor.ts';

const withStatus = (status: string) => () => Response.json({ status });

const large = (size: number) => 'x'.repeat(size);
const tooLarge = 'Shared · Too large to be kept';

test('a shared item that is too large is listed; its value is not kept, shown or exported', async () => {
  const file = await temporaryDatabase();
  const data = {
    names: { full_name: 'Ada Lovelace', is_verified: true },
    email: { email: large(4_500_000), is_verified: true },
    address: { street: large(70_000) },
    gender: { text: 'ü'.repeat(40_000) },
  };
  const site = openSite({ file, decision: confirmed(data) });
  const visitor = site.newVisitor();
  const page = await visitor.startAndEnd(['names', 'email', 'address', 'gender', 'phone']);
  const expected = {
    names: 'Ada Lovelace · Verified by Didit',
    email: tooLarge,
    address: tooLarge,
    gender: tooLarge,
  };
  expect(sharedOn(page)).toEqual(expected);
  expect(missingOn(page)).toEqual(['Phone number']);
  expect(page.text.length).toBeLessThan(20_000);
  expect((await stat(file)).size + (await stat(`${file}-wal`)).size).toBeLessThan(1_000_000);
  const masked = await visitor.get('/operators/sessions/s-1', visitor.asOperator);
  expect(sharedOn(masked)).toMatchObject({ email: tooLarge });
});

test.each([
  [65_536, 'x'],
  [65_537, undefined],
])('a shared item of %i bytes', (size, first) => {
  const [item] = sharedItems({ sub: 'x', email: { email: large(size) } }, ['email']);
  expect(item?.value[0]).toBe(first);
  expect(item?.verification).toBe(first === undefined ? 'too_large' : 'unstated');
});

test('a shared item counts as too large when all items together would be', () => {
  const asked = ['email', 'phone', 'user_id', 'names', 'is_over_18', 'x_account'] as const;
  const [email, phone_number, user_id, full_name] = Array.from({ length: 4 }, () => large(65_000));
  const data = { sub: 'x', email: { email }, phone: { phone_number }, user_id, names: { full_name } };
  const account = { name: large(10_000) };
  const items = sharedItems({ ...data, is_over_18: true, x_account: account } as UserData, asked);
  expect(items.map(({ verification }) => verification === 'too_large')).toEqual([
    false,
    false,
    false,
    false,
    false,
    true,
  ]);
});

test('a shared item that is nested too deeply is listed', async () => {
  const nested = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const site = openSite({
    decision: (vendor_data, session_id) =>
      new Response(
        `{"session_id":"${session_id}","status":"Confirmed","vendor_data":"${vendor_data}","user_data":{"sub":"x","address":{"a":${nested}}}}`,
        { headers: { 'content-type': 'application/json' } },
      ),
  });
  expect(sharedOn(await site.newVisitor().startAndEnd(['address']))).toEqual({ address: tooLarge });
});

test('a shared item without a value is not shown as verified', async () => {
  const data = { names: { is_verified: true }, email: { email: null, is_verified: true } };
  const page = await openSite({ decision: confirmed(data) })
    .newVisitor()
    .startAndEnd(['names', 'email']);
  expect(page.title).toBe('Thank you, you are done');
  expect(page.text).not.toContain('Verified by Didit');
});

test.each([
  ['initialized', 'Continue in the Didit app'],
  ['Retrieved', 'Decide in the Didit app'],
])(
  'the page of a session that is %s shows the link as QR code and as link, and updates itself',
  async (status, title) => {
    const visitor = openSite({ status: withStatus(status) }).newVisitor();
    await visitor.start();
    const page = await vi.waitFor(async () => {
      const shown = await visitor.get('/sessions/s-1');
      expect(shown.title).toBe(title);
      return shown;
    });
    expect(page.text).toContain('data-events="/sessions/s-1/events"');
    expect(page.text).toContain('<noscript><meta http-equiv="refresh" content="3"></noscript>');
    expect(page.text).toContain(`href="${created.url}"`);
    expect(page.text).toMatch(/role="img" aria-label="QR code[^"]*"><svg aria-hidden="true" viewBox/);
  },
);

test('the page of a session can be kept from reloading itself', async () => {
  const visitor = openSite({ status: withStatus('initialized') }).newVisitor();
  await visitor.start();
  expect((await visitor.get('/sessions/s-1?refresh=off')).text).not.toContain('http-equiv="refresh"');
});

test('the page of a session contains its secret only in the link', async () => {
  const visitor = openSite({ status: withStatus('initialized') }).newVisitor();
  const started = await visitor.start();
  const opened = await visitor.get('/sessions/s-1');
  expect(opened.text.replace(`href="${created.url}"`, '')).not.toContain('secret');
  expect(JSON.stringify([...started.headers, ...opened.headers])).not.toContain('secret');
});

test('with an unknown status the app keeps waiting, and the page shows no link and no data', async () => {
  let status = 'under review';
  const visitor = openSite({ status: () => Response.json({ status }) }).newVisitor();
  await visitor.start();
  await vi.waitFor(async () => {
    const page = await visitor.get('/sessions/s-1');
    expect(page.title).toBe('The request is not confirmed');
    expect(page.text).not.toContain(created.url);
    expect(page.text).toContain('data-events');
  });
  status = 'confirmed';
  await vi.waitFor(async () => expect((await visitor.get('/sessions/s-1')).title).toBe('Thank you, you are done'));
});

test.each(['Under Review', 'constructor', 'Initialized'])(
  'a session is not confirmed while the decision says "%s"',
  async (status) => {
    const shared = { names: { full_name: 'Ada Lovelace', is_verified: true } };
    const decision = vi.fn(confirmed(shared, { status }));
    const visitor = openSite({ decision }).newVisitor();
    await visitor.start();
    await vi.waitFor(() => expect(decision.mock.calls.length).toBeGreaterThan(2));
    const page = await visitor.get('/sessions/s-1');
    expect(page.text).toContain('data-events');
    expect(page.text).not.toMatch(/Thank you|Lovelace|Verified by/);
  },
);

test('the page of a confirmed session shows what was shared, whether it is verified, and what was not shared', async () => {
  const decision = confirmed({
    names: { first_name: 'Ada', family_name: 'Lovelace', full_name: null, is_verified: true },
    email: { email: 'ada@example.com', is_verified: false },
    phone: null,
    is_over_18: true,
  });
  const asked = ['names', 'email', 'phone', 'address', 'is_over_18'];
  const page = await openSite({ decision }).newVisitor().startAndEnd(asked);
  expect(sharedOn(page)).toEqual({
    names: 'Ada Lovelace · Verified by Didit',
    email: 'ada@example.com · Not verified',
    is_over_18: 'Yes · Verified by Didit',
  });
  expect(missingOn(page)).toEqual(['Phone number', 'Address']);
  expect(page.text).not.toMatch(/http-equiv="refresh"|secret/);
  expect(page.text).toContain('24 hours after you');
});

test('data without a flag that says so is not shown as verified', async () => {
  const decision = confirmed({
    names: { full_name: 'Ada' },
    email: { email: 'ada@example.com', is_verified: null },
    phone: {},
    is_verified: false,
    address: { street: 'Main Street 1', floor: 2 },
    gender: {},
  });
  const asked = ['names', 'email', 'phone', 'is_verified', 'address', 'gender'];
  expect(sharedOn(await openSite({ decision }).newVisitor().startAndEnd(asked))).toEqual({
    names: 'Ada · Verification not stated',
    email: 'ada@example.com · Verification not stated',
    phone: 'Shared, without a value · Verification not stated',
    is_verified: 'No · Not verified',
    address: 'street: Main Street 1\nfloor: 2 · Verification not stated',
    gender: 'Shared, without a value · Verification not stated',
  });
});

test('a picture is listed as shared, without a link to it', async () => {
  const decision = confirmed({ picture: 'https://example.com/me.png' });
  const page = await openSite({ decision }).newVisitor().startAndEnd(['picture']);
  expect(sharedOn(page)).toEqual({ picture: 'Shared · Not verified' });
  expect(page.text).not.toContain('me.png');
});

test('data that was not asked for is not kept', async () => {
  const decision = confirmed({ names: { full_name: 'Ada' }, phone: { phone_number: '+34123' }, more: 'secret' });
  const page = await openSite({ decision }).newVisitor().startAndEnd(['names']);
  expect(Object.keys(sharedOn(page))).toEqual(['names']);
  expect(page.text).not.toMatch(/\+34123|secret/);
});

test('names and references are escaped', async () => {
  const script = '<script>alert("1")</script>';
  const escaped = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;';
  const waiting = openSite({ status: withStatus('initialized') }).newVisitor();
  await waiting.start(['names'], script);
  for (const path of ['/', '/sessions/s-1']) {
    const { text } = await waiting.get(path);
    expect(text).toContain(escaped);
    expect(text).not.toContain('<script>');
  }

  const decision = confirmed({ names: { full_name: script }, address: { [script]: script } });
  const page = await openSite({ decision }).newVisitor().startAndEnd(['names', 'address'], script);
  expect(page.text).not.toContain('<script>');
  expect(sharedOn(page)).toMatchObject({
    names: `${escaped} · Verification not stated`,
    address: `${escaped}: ${escaped} · Verification not stated`,
  });
});

test('the page of a confirmed session says so when nothing was shared', async () => {
  const page = await openSite({ decision: confirmed({}) })
    .newVisitor()
    .startAndEnd();
  expect(page.text).toContain('shared no data');
  expect(missingOn(page)).toEqual(['Names', 'E-mail address']);
});

const shared = { names: { full_name: 'Ada Lovelace', is_verified: true } };

test.each([
  ['declined', 'The request was declined'],
  ['Cancelled', 'The request was cancelled'],
  ['EXPIRED', 'The request has expired'],
])('the page of a session that is %s shows no data and no link, but what to do next', async (status, title) => {
  const site = openSite({ status: withStatus(status), decision: confirmed(shared, { status }) });
  const page = await site.newVisitor().startAndEnd();
  expect(page.title).toBe(title);
  expect(page.text).toContain('What to do next');
  expect(page.text).not.toMatch(/Lovelace|secret|Verified by/);
});

test.each([
  ['about another session', confirmed(shared, { session_id: 's-2' })],
  ['of somebody else', confirmed(shared, { vendor_data: 'of somebody else' })],
  ['that forgot its reference', confirmed(shared, { vendor_data: null })],
  ['without data', confirmed(null)],
  ['whose flag is a text', confirmed({ names: { full_name: 'Ada Lovelace', is_verified: 'yes' } })],
  ['whose status is a number', confirmed(shared, { status: 1 })],
  ['whose person has no id', confirmed(shared, { user_data: { ...shared } })],
])('a session whose decision %s has failed, and shows nothing', async (_, decision) => {
  const page = await openSite({ decision }).newVisitor().startAndEnd();
  expect(page.title).toBe('The verification failed');
  expect(page.text).toContain('Nothing was confirmed');
  expect(page.text).not.toMatch(/Lovelace|Verified by/);
});

test.each([
  ['without a cookie', () => ''],
  ['with a cookie of their own', (_: string, own: string) => own],
  [
    'with a cookie whose value was changed',
    (cookie: string) => cookie.replace(/=./, (it) => (it === '=A' ? '=B' : '=A')),
  ],
  ['with a cookie whose signature was changed', (cookie: string) => `${cookie.slice(0, -6)}AAA%3D`],
  ['with a cookie that is not signed', (cookie: string) => cookie.replace(/\..*/, '')],
  ['with a cookie that is no cookie of ours', () => 'visitor=__proto__'],
])('somebody else %s sees nothing of the session', async (_, forge) => {
  const { newVisitor } = openSite({ decision: confirmed({ names: { full_name: 'Ada Lovelace' } }) });
  const [visitor, stranger] = [newVisitor(), newVisitor()];
  await visitor.startAndEnd();
  await stranger.get('/');
  stranger.cookie = forge(visitor.cookie, stranger.cookie);
  for (const path of ['/sessions/s-1', '/sessions/s-1/events', '/sessions/none', '/sessions/%E0%A4%A']) {
    const page = await stranger.get(path);
    expect([page.status, page.title]).toEqual([404, 'Not found']);
    expect(page.text).not.toContain('Lovelace');
  }
});
