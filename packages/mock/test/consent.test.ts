import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Mock, type MockSession, startMock } from '../src/index.ts';
import { form, type Opened, open, send } from './helpers.ts';

let mock: Mock;
beforeEach(async () => {
  mock = await startMock({ scenario: 'pending' });
});
afterEach(() => mock.close());

describe('opening', () => {
  test('retrieves the session, and shows who requests what', async () => {
    const session = await open(mock, 'names email shoe_size', 'user-42');
    const { status, text } = await send(mock, pathOf(session));
    expect(status).toBe(200);
    expect(text).toContain('The app that knows you as <code>user-42</code>');
    expect(text).toMatch(/value="names" checked><span>Names\s*<small>\S+ \S+<\/small>/);
    expect(text).toMatch(/value="email" checked><span>E-mail address\s*<small>\S+@example\.\w+<\/small>/);
    expect(text).toMatch(/Requested, but unknown<\/h2>\s*<ul><li><code>shoe_size<\/code>/);
    expect((await session.status()).body).toEqual({ status: 'retrieved' });
  });

  test('shows what will be shared', async () => {
    const session = await open(mock, 'names', 'user-42');
    const { text } = await send(mock, pathOf(session));
    sessionOf(session).confirm();
    const { names } = (await session.decision()).body.user_data;
    expect(text).toContain(names.full_name);
  });

  test('again changes nothing, also with a trailing slash', async () => {
    const session = await open(mock, 'names');
    for (const path of [pathOf(session), pathOf(session), `${pathOf(session)}/`, `${pathOf(session)}?a=1`]) {
      expect(headingOf((await send(mock, path)).text)).toBe('Share your data?');
    }
    expect(sessionOf(session).status).toBe('retrieved');
  });

  test('HEAD, for example of a link preview, does not retrieve', async () => {
    const session = await open(mock, 'names');
    const { status, text } = await send(mock, pathOf(session), { method: 'HEAD' });
    expect([status, text, sessionOf(session).status]).toEqual([200, '', 'initialized']);
  });

  test('stops the scenario: the person decides from then on', async () => {
    const session = await open(mock, 'names', 'mock:declined');
    await send(mock, pathOf(session));
    expect((await session.status()).body.status).toBe('retrieved');
  });

  test('an unknown address is a page with 404', async () => {
    for (const path of ['/authorize/unknown', '/authorize/%3Cscript%3E', '/authorize/%2e%2e']) {
      const { status, headers, text } = await send(mock, path);
      if (path.endsWith('%2e%2e')) continue; // fetch itself walks up the path
      expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
      expect(headingOf(text)).toBe('No such request');
    }
    expect((await send(mock, '/authorize/unknown', { method: 'POST', body: 'decision=confirm' })).status).toBe(404);
  });

  test('other methods: 405 with Allow', async () => {
    const session = await open(mock, 'names');
    const { status, headers } = await send(mock, pathOf(session), { method: 'DELETE' });
    expect([status, headers.get('allow')]).toEqual([405, 'GET, POST, HEAD, OPTIONS']);
    expect((await send(mock, pathOf(session), { method: 'OPTIONS' })).status).toBe(204);
    expect(sessionOf(session).status).toBe('initialized');
  });

  test('is not cached or framed, runs no script, and does not leak its address', async () => {
    for (const path of [pathOf(await open(mock, 'names')), '/authorize/unknown']) {
      const { headers } = await send(mock, path);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      const policy = headers.get('content-security-policy') ?? '';
      for (const part of ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"]) {
        expect(policy.split('; ')).toContain(part);
      }
      expect(policy).not.toMatch(/script-src|unsafe/);
    }
  });

  test('escapes all values', async () => {
    const evil = `<script>alert(1)</script>"'&<img src=x onerror=alert(1)>`;
    const session = await open(mock, `names <b>"'&`, evil);
    const { text } = await send(mock, pathOf(session));
    expect(text).not.toMatch(/<script|<img|<b>/);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;&lt;img src=x');
    expect(text).toContain('<code>&lt;b&gt;&quot;&#39;&amp;</code>');
  });

  test('shortens long vendor data between characters', async () => {
    const { text } = await send(mock, pathOf(await open(mock, 'names', '😀'.repeat(100_000))));
    expect(text).toContain(`<code>${'😀'.repeat(200)}…</code>`);
    expect(text.length).toBeLessThan(10_000);
  });
});

describe('deciding', () => {
  test.each([
    ['decision=confirm&scope=names&scope=email', 'confirmed', ['names', 'email']],
    ['decision=confirm&scope=email', 'confirmed', ['email']],
    ['decision=confirm', 'confirmed', []],
    ['decision=decline&scope=names', 'declined', []],
    ['decision=cancel', 'cancelled', []],
    ['decision=expire', 'expired', []],
  ])('%s', async (body, status, approved) => {
    const session = await open(mock, 'names email');
    await send(mock, pathOf(session));
    const reply = await post(session, body);
    expect([reply.status, reply.headers.get('location'), reply.text]).toEqual([303, pathOf(session), '']);
    expect((await session.status()).body).toEqual({ status });
    expect(sessionOf(session).approvedScopes).toEqual(approved);
    const { text } = await send(mock, pathOf(session));
    expect(headingOf(text)?.toLowerCase()).toBe(status);
    expect(text).not.toContain('<form');
    expect(text.includes('E-mail address')).toBe(approved.includes('email'));
  });

  test('works without opening the page', async () => {
    const session = await open(mock, 'names');
    expect((await post(session, 'decision=confirm&scope=names')).status).toBe(303);
    expect(sessionOf(session).status).toBe('confirmed');
  });

  test('twice, or after the end: the first decision counts, and the page shows it', async () => {
    const session = await open(mock, 'names');
    await post(session, 'decision=decline');
    for (const body of ['decision=decline', 'decision=confirm&scope=names', 'decision=expire']) {
      const reply = await post(session, body);
      expect([reply.status, reply.headers.get('location')]).toEqual([303, pathOf(session)]);
    }
    expect(sessionOf(session)).toMatchObject({ status: 'declined', approvedScopes: [] });
    expect(headingOf((await send(mock, pathOf(session))).text)).toBe('Declined');
  });

  test('a hundred simultaneous decisions: one counts', async () => {
    const session = await open(mock, 'names');
    const bodies = Array.from({ length: 100 }, (_, index) => `decision=${index % 2 === 0 ? 'confirm' : 'decline'}`);
    const replies = await Promise.all(bodies.map((body) => post(session, body)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([303]));
  });

  test.each([
    '',
    'decision=',
    'decision=maybe',
    'decision=constructor',
    'decision=confirm&scope=email',
    '{"decision":"confirm"}',
    '%',
    '\0',
  ])('%j is a 400, and changes nothing', async (body) => {
    const session = await open(mock, 'names');
    const { status, headers, text } = await post(session, body);
    expect([status, headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    expect(text).toContain(`<a href="${pathOf(session)}">`);
    expect(sessionOf(session).status).toBe('initialized');
  });

  test('a form that is too large: 413', async () => {
    const session = await open(mock, 'names');
    expect((await post(session, `decision=confirm&x=${'x'.repeat(2_000_000)}`)).status).toBe(413);
    expect(sessionOf(session).status).toBe('initialized');
  });
});

describe('the end', () => {
  test('mock:expired shows that the session has expired', async () => {
    const session = await open(mock, 'names', 'mock:expired');
    const { status, text } = await send(mock, pathOf(session));
    expect([status, headingOf(text)]).toEqual([200, 'Expired']);
    expect((await post(session, 'decision=confirm&scope=names')).status).toBe(303);
    expect((await session.status()).body).toEqual({ status: 'expired' });
  });

  test('shows what a test has decided', async () => {
    const session = await open(mock, 'names email');
    sessionOf(session).confirm({ share: ['email'] });
    const { text } = await send(mock, pathOf(session));
    expect(headingOf(text)).toBe('Confirmed');
    expect(text).toMatch(/<li>E-mail address <small>/);
    expect(text).not.toContain('<li>Names');
  });
});

function sessionOf({ id }: Opened): MockSession {
  const session = mock.sessions.get(id);
  if (!session) throw new Error('No such session');
  return session;
}

function pathOf({ token }: Opened): string {
  return `/authorize/${token}`;
}

function post(session: Opened, body: string) {
  return send(mock, pathOf(session), { method: 'POST', headers: form, body, redirect: 'manual' });
}

function headingOf(text: string): string | undefined {
  return /<h1>(.*?)<\/h1>/.exec(text)?.[1];
}
