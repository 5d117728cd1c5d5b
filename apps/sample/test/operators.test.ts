import { expect, test } from 'vitest';
import { maskItem } from '../src/flow/shared-items.ts';
import { confirmed, created, openSite, type Service, type TestSite } from './support/site.ts';
import { temporaryDatabase } from './support/temporary.ts';
import { type Page, sharedOn, type Visitor } from './support/visitor.ts';

const ada = { names: { full_name: '=Ada Lovelace', is_verified: true }, email: { email: 'ada@example.com' } };

/** A site with sessions s-1, s-2, … that are confirmed, one for each reference. */
async function siteWith(
  references: readonly string[],
  service: Service = {},
): Promise<TestSite & { operator: Visitor }> {
  let made = 0;
  const site = openSite({
    create: () => Response.json({ ...created, session_id: `s-${++made}` }),
    decision: (_, id) => confirmed(ada)(references[Number(id.slice(2)) - 1] ?? '', id),
    ...service,
  });
  const visitor = site.newVisitor();
  for (const reference of references) await visitor.startAndEnd(['names', 'email', 'phone'], reference);
  return { ...site, operator: site.newVisitor() };
}

/** The table's rows, each the text of its cells. */
function rowsOn({ text }: Page): string[][] {
  const body = /<tbody>(.*?)<\/tbody>/s.exec(text)?.[1] ?? '';
  const plain = (html: string) => html.replaceAll(/<[^>]+>/g, '').trim();
  return Array.from(body.matchAll(/<tr>(.*?)<\/tr>/gs), ([, row = '']) =>
    Array.from(row.matchAll(/<t[hd].*?>(.*?)<\/t[hd]>/gs), ([, cell = '']) => plain(cell)),
  );
}

/** Asks for an export, and waits for it. */
async function exportAs(operator: Visitor, fields: Record<string, string>) {
  const form = await operator.formToken('/operators', operator.asOperator);
  const sent = await operator.post('/operators/exports', Object.entries({ form, ...fields }), operator.asOperator);
  const path = sent.headers.get('location') ?? '';
  const page = await operator.wait(path, operator.asOperator);
  return { page, path, file: await operator.get(`${path}/file`, operator.asOperator) };
}

const paths = ['/operators', '/operators/sessions/s-1', '/operators/exports/x', '/operators/nowhere'];

test('while no password is set, nobody sees the operators’ pages', async () => {
  const visitor = openSite({ operatorPassword: undefined }).newVisitor();
  for (const path of paths) {
    const page = await visitor.get(path, visitor.asOperator);
    expect([page.status, page.title]).toEqual([403, 'The operators’ pages are switched off']);
    expect(page.text).toContain('SAMPLE_OPERATOR_PASSWORD');
  }
});

test.each([
  ['no password', undefined],
  ['a wrong password', 'operator:wrong-password'],
  ['somebody else’s name', 'root:the-password-of-operators'],
])('nobody sees the operators’ pages with %s', async (_, credentials) => {
  const { operator } = await siteWith(['order 7']);
  const headers = credentials === undefined ? {} : { authorization: `Basic ${btoa(credentials)}` };
  for (const path of paths) {
    const page = await operator.get(path, headers);
    expect([page.status, page.title]).toEqual([401, 'For operators']);
    expect(page.headers.get('www-authenticate')).toBe('Basic realm="Operators"');
    expect(page.text).not.toContain('order 7');
  }
});

test('the table shows every session, newest first, and none of their data', async () => {
  let time = Date.now();
  const { operator } = await siteWith(['order 7', 'order <8>'], { now: () => (time += 100) });
  const page = await operator.get('/operators', operator.asOperator);
  const rest = ['Confirmed', 'under 1 min', 'Names, E-mail address, Phone number', 'Names, E-mail address'];
  expect(rowsOn(page)).toEqual([
    ['order &lt;8&gt;', ...rest, 's-2'],
    ['order 7', ...rest, 's-1'],
  ]);
  expect(page.text).not.toMatch(/Lovelace|ada@/);
});

test.each([
  ['q=order', ['order 7', 'order 8']],
  ['q=7', ['order 7']],
  ['q=s-2', ['order 8']],
  ['q=%25', []],
  ['state=confirmed', ['order 7', 'order 8', 'case 9']],
  ['state=declined', []],
  ['state=nonsense&page=-1', ['order 7', 'order 8', 'case 9']],
])('the table searches: %s', async (query, expected) => {
  const { operator } = await siteWith(['order 7', 'order 8', 'case 9']);
  const rows = rowsOn(await operator.get(`/operators?${query}`, operator.asOperator));
  expect(rows.map(([reference]) => reference).sort()).toEqual([...expected].sort());
});

test('the table has pages', async () => {
  const { operator } = await siteWith(Array.from({ length: 30 }, (_, at) => `order ${at}`));
  const first = await operator.get('/operators?q=order', operator.asOperator);
  const second = await operator.get('/operators?q=order&state=&page=2', operator.asOperator);
  expect([rowsOn(first).length, rowsOn(second).length]).toEqual([25, 5]);
  expect(first.text).toContain('href="/operators?q=order&amp;state=&amp;page=2"');
  expect(first.text).toContain('30 sessions');
  expect((await operator.get('/operators?page=99999999999999999999', operator.asOperator)).status).toBe(200);
});

test('a session’s data is masked until the operator’s own form asks for it', async () => {
  const { operator, entries } = await siteWith(['order 7']);
  const masked = await operator.get('/operators/sessions/s-1', operator.asOperator);
  expect(sharedOn(masked)).toEqual({
    names: '=•••• L•••• · Verified by Didit',
    email: '••••@e••••.•••• · Verification not stated',
  });

  const forged = await operator.post('/operators/sessions/s-1', [['form', 'x']], operator.asOperator);
  expect(forged.status).toBe(403);
  expect(entries).toEqual([]);

  const form = await operator.formToken('/operators/sessions/s-1', operator.asOperator);
  const shown = await operator.post('/operators/sessions/s-1', [['form', form]], operator.asOperator);
  expect(sharedOn(shown).names).toBe('=Ada Lovelace · Verified by Didit');
  expect(shown.headers.get('cache-control')).toBe('no-store');
  expect(entries).toEqual(['operator reveal session="s-1"']);
});

test('masked data does not reveal a value that one letter gives away', () => {
  const item = { name: 'gender', value: 'gender: female', verification: 'unstated' } as const;
  expect(maskItem(item).value).toBe('••••');
  expect(maskItem({ ...item, name: 'names', value: 'Grace Hopper' }).value).toBe('G•••• H••••');
});

test('an unknown session is a 404 for operators', async () => {
  const { operator } = await siteWith([]);
  expect((await operator.get('/operators/sessions/s-1', operator.asOperator)).status).toBe(404);
});

test('an export as CSV is masked and contains no formula', async () => {
  const { operator, entries } = await siteWith(['-1+1', 'order 8']);
  const { page, file } = await exportAs(operator, { format: 'csv' });
  expect(page.text).toMatch(/Decisions retrieved: 2 of 2.*<progress id="progress" max="2" value="2">/s);
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="decisions-[\d-]+\.csv"$/);
  const [head, ...rows] = file.text.trim().split('\r\n');
  expect(head).toMatch(
    /^\ufeff?session_id,reference,confirmed_at,names,names_verification,email,email_verification,phone,/,
  );
  expect(rows).toHaveLength(2);
  expect(rows.find((row) => row.startsWith('s-1'))).toMatch(
    /^s-1,'-1\+1,\d{4}-.*Z,'=•••• L••••,verified,••••@e••••\.••••,unstated,,/,
  );
  expect(file.text).not.toMatch(/Lovelace|ada@/);
  expect(entries).toEqual(['operator export format=csv data=masked']);
});

test('an export as NDJSON contains full data when the operator asks for it, and only matching sessions', async () => {
  const { operator } = await siteWith(['order 7', 'order 8']);
  const { file } = await exportAs(operator, { format: 'ndjson', data: 'full', q: '8' });
  expect(
    file.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      session_id: 's-2',
      reference: 'order 8',
      confirmed_at: expect.stringMatching(/Z$/),
      data: {
        names: { value: '=Ada Lovelace', verification: 'verified' },
        email: { value: 'ada@example.com', verification: 'unstated' },
      },
    },
  ]);
});

test('an export leaves out decisions that are no longer confirmed, or not of this session, or invalid', async () => {
  const answers = new Map<string, () => Response>();
  const references = ['order 1', 'order 2', 'order 3', 'order 4'];
  const site = await siteWith(references, {
    decision: (_, id) => answers.get(id)?.() ?? confirmed(ada)(references[Number(id.slice(2)) - 1] ?? '', id),
  });
  answers.set('s-1', () => confirmed(ada, { status: 'Cancelled' })('order 1', 's-1'));
  answers.set('s-2', () => confirmed(ada)('of somebody else', 's-2'));
  answers.set('s-3', () => confirmed({ email: { is_verified: 'yes' } })('order 3', 's-3'));
  const { page, file } = await exportAs(site.operator, { format: 'ndjson' });
  expect(page.text).toContain('3 decisions could not be retrieved');
  expect(
    file.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).session_id),
  ).toEqual(['s-4']);
});

test('an export as CSV contains no formula behind the list separator of another country', async () => {
  const { operator } = await siteWith(['x;=1+1', 'y; @SUM(A1)']);
  const { file } = await exportAs(operator, { format: 'csv' });
  expect(file.text).toContain("x;'=1+1");
  expect(file.text).toContain("y; '@SUM(A1)");
});

test.each([[{ format: 'exe' }], [{}], [{ format: 'csv', form: 'x' }]])('an export refuses %j', async (fields) => {
  const { operator } = await siteWith([]);
  const form = await operator.formToken('/operators', operator.asOperator);
  const sent = await operator.post('/operators/exports', Object.entries({ form, ...fields }), operator.asOperator);
  expect(sent.status).toBe(403);
});

test('one form makes one file of each kind, however often it is sent', async () => {
  const { operator } = await siteWith(['order 1']);
  const form = await operator.formToken('/operators', operator.asOperator);
  const send = async (format: string, data: string) => {
    const fields = Object.entries({ form, format, data });
    return (await operator.post('/operators/exports', fields, operator.asOperator)).headers.get('location');
  };
  const [csv, again, ndjson, full] = [
    await send('csv', 'masked'),
    await send('csv', 'masked'),
    await send('ndjson', 'masked'),
    await send('csv', 'full'),
  ];
  expect(again).toBe(csv);
  expect(new Set([csv, ndjson, full]).size).toBe(3);
});

test('an export continues after a restart, and is deleted within the hour', async () => {
  let time = Date.now();
  const file = await temporaryDatabase();
  let isStuck = false;
  const stuck = new Promise<Response>(() => {});
  const before = await siteWith(['order 1'], {
    file,
    now: () => time,
    decision: (_, id) => (isStuck ? stuck : confirmed(ada)('order 1', id)),
  });
  isStuck = true;
  const { operator } = before;
  const form = await operator.formToken('/operators', operator.asOperator);
  const fields = Object.entries({ form, format: 'ndjson' });
  const path = (await operator.post('/operators/exports', fields, operator.asOperator)).headers.get('location') ?? '';
  expect((await operator.get(`${path}/file`, operator.asOperator)).status).toBe(404);
  time += 2 * 3_600_000;
  before.app.sweep();
  expect((await operator.get(path, operator.asOperator)).status).toBe(200); // however long it takes
  await before.close();

  const after = openSite({ file, now: () => time, decision: (_, id) => confirmed(ada)('order 1', id) });
  after.app.resume();
  const again = after.newVisitor();
  await again.wait(path, again.asOperator);
  expect((await again.get(`${path}/file`, again.asOperator)).text).toContain('order 1');

  time += 3_700_000;
  after.app.sweep();
  expect((await again.get(path, again.asOperator)).status).toBe(404);
});

test('an export keeps nothing for longer than the session’s data', async () => {
  let time = Date.now();
  const site = await siteWith(['order 1'], { now: () => time });
  time += 23.5 * 3_600_000;
  const { path } = await exportAs(site.operator, { format: 'ndjson', data: 'full' });
  time += 0.6 * 3_600_000;
  site.app.sweep();
  const file = await site.operator.get(`${path}/file`, site.operator.asOperator);
  expect([file.status, file.text]).toEqual([200, '']);
});
