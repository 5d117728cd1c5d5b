import { expect, test } from 'vitest';
import { created, openSite, type TestSite } from './support/site.ts';

test('the start page offers every scope, says what each is for, and preselects names and e-mail', async () => {
  const { text } = await openSite().newVisitor().get('/');
  expect(text.match(/type="checkbox"/g)).toHaveLength(17);
  expect(text.match(/id="scope-\w+-why"/g)).toHaveLength(17);
  expect(
    Array.from(text.matchAll(/value="(\w+)" id="[\w-]+" aria-describedby="[\w-]+"\s+checked/g), ([, n]) => n),
  ).toEqual(['names', 'email']);
  expect(text).toContain('deleted 24 hours after you');
});

test('the start page loads its own files, and nothing else', async () => {
  const { headers } = await openSite().newVisitor().get('/');
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
      "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test.each([
  ['/style.css', 'text/css; charset=utf-8'],
  ['/live.js', 'text/javascript; charset=utf-8'],
  ['/icon.svg', 'image/svg+xml'],
])('the start page serves %s', async (path, type) => {
  const { status, headers } = await openSite().newVisitor().get(path);
  expect([status, headers.get('content-type')]).toEqual([200, type]);
});

test('the start page links to a session that waits', async () => {
  const visitor = openSite({ status: () => Response.json({ status: 'initialized' }) }).newVisitor();
  await visitor.start(['names'], 'order 7');
  expect((await visitor.get('/')).text).toContain('<a href="/sessions/s-1">Continue with <bdi>order 7</bdi></a>');
});

test('a session asks for the chosen scopes, with a new reference each time', async () => {
  let made = 0;
  const { newVisitor, asked } = openSite({ create: () => Response.json({ ...created, session_id: `s-${++made}` }) });
  const visitor = newVisitor();
  await visitor.start(['phone', 'is_over_18', 'phone']);
  await visitor.start(['names']);
  expect(asked.map(({ scope }) => scope)).toEqual(['phone is_over_18', 'names']);
  expect(new Set(asked.map(({ vendor_data }) => vendor_data)).size).toBe(2);
});

test('a session passes on the reference that the person typed', async () => {
  const { newVisitor, asked } = openSite();
  await newVisitor().start(['names'], ' order-42 ');
  expect(asked).toEqual([{ scope: 'names', vendor_data: 'order-42' }]);
});

test('starting a session sets a cookie that scripts and other sites cannot use, and redirects to its page', async () => {
  const { app, newVisitor } = openSite();
  const first = await app.request('/');
  expect(first.headers.get('set-cookie')).toMatch(
    /^visitor=[\w-]{43}\.[\w%]+; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  const visitor = newVisitor();
  const started = await visitor.start();
  expect([started.status, started.headers.get('location')]).toEqual([303, '/sessions/s-1']);
  expect((await visitor.get('/')).headers.get('set-cookie')).toBeNull();
});

test('with an https address the cookie is limited to https', async () => {
  const { app, newVisitor } = openSite({ publicUrl: 'https://shop.example' });
  expect((await app.request('/')).headers.get('set-cookie')).toMatch(/^__Host-visitor=.*; Secure/);
  const visitor = newVisitor();
  expect((await visitor.start(['names'], '', { origin: 'https://shop.example' })).status).toBe(303);
  expect((await visitor.start(['names'], '', { origin: 'http://localhost' })).status).toBe(403);
});

test.each([[[]], [['no-such-scope']], [['names', 'sub']]])(
  'the scopes %j are refused, and the page says so',
  async (scopes) => {
    const { newVisitor, asked } = openSite();
    const refused = await newVisitor().start(scopes);
    expect(refused.status).toBe(400);
    expect(refused.text).toMatch(/role="alert">Choose at least one kind of data/);
    expect(asked).toEqual([]);
  },
);

test('a reference that is too long is refused, and the form keeps it, escaped', async () => {
  const { newVisitor, asked } = openSite();
  const refused = await newVisitor().start(['phone'], `"><script>${'x'.repeat(100)}`);
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('value="&quot;&gt;&lt;script&gt;xxx');
  expect(refused.text).toMatch(/id="scope-phone" aria-describedby="scope-phone-why"\s+checked/);
  expect(asked).toEqual([]);
});

const bidiControls = ['\u061c', '\u200e', '\u200f', '\u202a', '\u202e', '\u2066', '\u2069'];
test.each(['order 8\n=1+1', 'order\r\n8', 'order\t8', 'x\0y', 'order\u2028 8', ...bidiControls.map((it) => `a${it}b`)])(
  'the reference %j, which is not one line of plain text, is refused, and the page says so',
  async (reference) => {
    const { newVisitor, asked } = openSite();
    const refused = await newVisitor().start(['names'], reference);
    expect(refused.status).toBe(400);
    expect(refused.text).toMatch(/role="alert">The reference contains a line break or another control character\./);
    expect(refused.text).toMatch(/aria-describedby="reference-hint problem"\s+aria-invalid="true"/);
    expect(refused.text).toContain(`value="${reference.replace(/[\p{Cc}\u2028\p{Bidi_Control}]+/u, ' ')}"`);
    expect(asked).toEqual([]);
  },
);

test.each(['javascript:alert(1)', 'data:text/html,x', 'http://evil.example/', 'no url'])(
  'the link %s is refused',
  async (url) => {
    const refused = await openSite({ create: () => Response.json({ ...created, url }) })
      .newVisitor()
      .start();
    expect(refused.status).toBe(502);
    expect(refused.text).not.toContain(url);
  },
);

test('more open sessions than the limit are refused', async () => {
  const { newVisitor, asked } = openSite({ mostOpen: 0 });
  const refused = await newVisitor().start();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30']);
  expect(asked).toEqual([]);
});

test('one browser cannot use up the limit of all', async () => {
  let made = 0;
  const { newVisitor } = openSite({
    create: () => Response.json({ ...created, session_id: `s-${++made}` }),
    status: () => Response.json({ status: 'initialized' }),
  });
  const [greedy, other] = [newVisitor(), newVisitor()];
  for (let session = 0; session < 10; session += 1) expect((await greedy.start()).status).toBe(303);
  expect((await greedy.start()).status).toBe(503);
  expect((await other.start()).status).toBe(303);
});

test('one browser cannot use up the limit of all with many forms at the same time', async () => {
  let made = 0;
  const { newVisitor, asked } = openSite({
    create: async () => {
      const session_id = `s-${++made}`;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return Response.json({ ...created, session_id });
    },
    status: () => Response.json({ status: 'initialized' }),
  });
  const [greedy, other] = [newVisitor(), newVisitor()];
  await greedy.get('/');
  const sent = await Promise.all([...Array.from({ length: 40 }, () => greedy.start()), other.start()]);
  expect(sent.filter(({ status }) => status === 303)).toHaveLength(11);
  expect(sent.filter(({ status }) => status === 503)).toHaveLength(30);
  expect(sent.at(-1)?.status).toBe(303);
  expect(asked).toHaveLength(11);
});

const nothingCreated = ({ asked }: TestSite) => expect(asked).toEqual([]);

test.each([
  ['another site', { origin: 'https://evil.example' }],
  ['a page without an origin', { origin: 'null' }],
  ['nowhere', { origin: '' }],
])('forms from %s are refused', async (_, headers) => {
  const site = openSite();
  const refused = await site.newVisitor().start(['names'], '', headers);
  expect([refused.status, refused.title]).toEqual([403, 'Refused']);
  nothingCreated(site);
});

test('forms made for somebody else are refused', async () => {
  const site = openSite();
  const [visitor, other] = [site.newVisitor(), site.newVisitor()];
  const form = await other.formToken();
  await visitor.get('/');
  expect(
    (
      await visitor.post('/sessions', [
        ['form', form],
        ['scope', 'names'],
      ])
    ).status,
  ).toBe(403);
  nothingCreated(site);
});

test.each([
  ['nothing', () => undefined],
  ['no token', () => 'x'],
  ['another time', (token: string) => token.replace(/\.\d+\./, `.${Date.now() + 1}.`)],
  ['another id', (token: string) => `${'A'.repeat(22)}${token.slice(22)}`],
  ['another signature', (token: string) => `${token.slice(0, -4)}AAAA`],
])('forms with a forged token are refused: %s', async (_, forge) => {
  const site = openSite();
  const visitor = site.newVisitor();
  const form = forge(await visitor.formToken());
  const fields = [['scope', 'names'], ...(form === undefined ? [] : [['form', form]])] as [string, string][];
  expect((await visitor.post('/sessions', fields)).status).toBe(403);
  nothingCreated(site);
});

test('forms sent too late are shown again', async () => {
  let time = Date.now();
  const site = openSite({ now: () => time });
  const visitor = site.newVisitor();
  const form = await visitor.formToken();
  time += 3 * 3_600_000;
  const late = await visitor.post('/sessions', [
    ['form', form],
    ['scope', 'phone'],
  ]);
  expect(late.status).toBe(400);
  expect(late.text).toContain('This page was open for too long');
  nothingCreated(site);
});

test('a form that is sent twice, at the same time or later, starts one session', async () => {
  const site = openSite({ status: () => Response.json({ status: 'initialized' }) });
  const visitor = site.newVisitor();
  const form = await visitor.formToken();
  const send = () =>
    visitor.post('/sessions', [
      ['form', form],
      ['scope', 'names'],
    ]);
  const both = await Promise.all([send(), send()]);
  const again = await send();
  expect([...both, again].map(({ headers }) => headers.get('location'))).toEqual(Array(3).fill('/sessions/s-1'));
  expect(site.asked).toHaveLength(1);
});

test('bodies that are not forms, or too large, are refused', async () => {
  const site = openSite();
  const visitor = site.newVisitor();
  await visitor.get('/');
  const cut = { 'content-type': 'multipart/form-data; boundary=b' };
  expect((await visitor.post('/sessions', [['x', 'y']], cut)).status).toBe(415);
  expect((await visitor.post('/sessions', [], { 'content-type': 'application/json' })).status).toBe(415);
  const large = await visitor.post('/sessions', [['form', 'x'.repeat(20_000)]]);
  expect(large.status).toBe(413);
  nothingCreated(site);
});
