import { createClient } from '@didit-data/client';
import type { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { createApp } from '../src/app.ts';
import { createMemoryStore } from '../src/session-store.ts';

const created = {
  session_id: 's-1',
  session_token: 'secret-of-s-1',
  url: 'https://app.didit.me/authorize/secret-of-s-1',
};
const origin = 'http://localhost'; // where app.request() is

/** What the service answers; each test names what it is about, the rest is a session that is confirmed. */
interface Service {
  readonly create?: (request: Request) => Response | Promise<Response>;
  readonly status?: () => Response;
  readonly decision?: (vendorData: string) => Response;
  readonly answerWithinMs?: number;
}

/** The app on a client whose `fetch` is a function of ours. */
function appOn({ create, status, decision, answerWithinMs }: Service = {}) {
  const entries: string[] = [];
  let vendorData = '';
  const didit = createClient({
    accessToken: 'secret-access-token',
    baseUrl: 'http://127.0.0.1:9',
    maxRetries: 0,
    fetch: async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname.endsWith('/status/')) return status?.() ?? Response.json({ status: 'confirmed' });
      if (pathname.endsWith('/decision/')) return (decision ?? confirmed({}))(vendorData);
      ({ vendor_data: vendorData } = await request.clone().json());
      return (await create?.(request)) ?? Response.json(created);
    },
  });
  const log = (entry: string) => entries.push(entry);
  const app = createApp({ didit, sessions: createMemoryStore(), log, answerWithinMs });
  return { app, entries };
}

function confirmed(userData: object, overrides: object = {}) {
  return (vendor_data: string) =>
    Response.json({
      session_id: 's-1',
      status: 'Confirmed',
      vendor_data,
      user_data: { sub: 'person-1', ...userData },
      ...overrides,
    });
}

function start(app: Hono, scopes = ['names', 'email'], headers: Record<string, string> = { origin }) {
  const body = new URLSearchParams(scopes.map((scope) => ['scope', scope]));
  return Promise.resolve(app.request('/sessions', { method: 'POST', body, headers }));
}

/** Starts a session in a new browser, and opens its page. */
async function startAndOpen(app: Hono, scopes?: string[]) {
  const started = await start(app, scopes);
  expect(started.status).toBe(303);
  const [cookie = ''] = (started.headers.get('set-cookie') ?? '').split(';');
  const opened = await app.request(started.headers.get('location') ?? '', { headers: { cookie } });
  return { started, cookie, opened, page: await opened.text() };
}

function titleOf(page: string) {
  return /<h1>(.*?)<\/h1>/s.exec(page)?.[1];
}

/** The shared data as the page shows it: value and verification by item. */
function sharedOn(page: string) {
  const items = page.matchAll(/data-item="(\w+)">.*?<dd>(.*?) <span class="mark \w+">(.*?)<\/span>/gs);
  return Object.fromEntries(Array.from(items, ([, name, value, verification]) => [name, `${value} · ${verification}`]));
}

describe('the start page', () => {
  it('offers every scope and preselects names and e-mail', async () => {
    const page = await (await appOn().app.request('/')).text();
    expect(page.match(/type="checkbox"/g)).toHaveLength(17);
    expect(Array.from(page.matchAll(/value="(\w+)" checked/g), ([, name]) => name)).toEqual(['names', 'email']);
    expect(page).toMatch(/<html lang="en">.*<main>.*<fieldset.*<legend>/s);
  });

  it('allows no script, no frame and no other host', async () => {
    const { headers } = await appOn().app.request('/');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('serves its style and icon', async () => {
    const { app } = appOn();
    expect((await app.request('/style.css')).headers.get('content-type')).toMatch('text/css');
    expect((await app.request('/icon.svg')).headers.get('content-type')).toBe('image/svg+xml');
  });
});

describe('starting a session', () => {
  it('asks for the chosen scopes, with a new reference each time', async () => {
    const bodies: { scope: string; vendor_data: string }[] = [];
    const { app } = appOn({
      create: async (request) => {
        bodies.push(await request.json());
        return Response.json(created, { status: 201 });
      },
    });
    await start(app, ['phone', 'is_over_18', 'phone']);
    await start(app, ['names']);
    expect(bodies.map(({ scope }) => scope)).toEqual(['phone is_over_18', 'names']);
    expect(new Set(bodies.map(({ vendor_data }) => vendor_data)).size).toBe(2);
  });

  it('redirects to the page of the session, owned by a cookie that scripts and other sites cannot use', async () => {
    const started = await start(appOn().app);
    expect(started.status).toBe(303);
    expect(started.headers.get('location')).toBe('/sessions/s-1');
    expect(started.headers.get('set-cookie')).toMatch(/^owner=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('keeps the cookie of a browser that has one', async () => {
    const { app } = appOn();
    const { cookie } = await startAndOpen(app);
    expect((await start(app, ['names'], { origin, cookie })).headers.get('set-cookie')).toBeNull();
  });

  it.each([[[]], [['no-such-scope']], [['names', 'sub']]])('refuses the scopes %j and says so', async (scopes) => {
    const { app } = appOn({
      create: () => {
        throw new Error('must not be sent');
      },
    });
    const refused = await start(app, scopes);
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('role="alert"');
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['nowhere', {}],
  ])('refuses a form from %s', async (_, headers: Record<string, string>) => {
    const refused = await start(appOn().app, ['names'], headers);
    expect(refused.status).toBe(403);
    expect(titleOf(await refused.text())).toBe('Refused');
  });

  it('refuses what is no form, and a form that is too large', async () => {
    const { app } = appOn();
    const json = { method: 'POST', body: '{"scope":"names"}', headers: { 'content-type': 'application/json' } };
    expect((await app.request('/sessions', json)).status).toBe(400);
    const cut = { method: 'POST', body: 'x', headers: { origin, 'content-type': 'multipart/form-data; boundary=b' } };
    expect((await app.request('/sessions', cut)).status).toBe(400);
    const large = { origin, 'content-length': '99999' };
    expect((await start(app, ['names'], large)).status).toBe(413);
  });
});

describe('a session that waits', () => {
  it.each([
    ['initialized', 'Continue in the Didit app'],
    ['Retrieved', 'Decide in the Didit app'],
  ])('%s: shows the link and looks again by itself', async (status, title) => {
    const { page } = await startAndOpen(appOn({ status: () => Response.json({ status }) }).app);
    expect(titleOf(page)).toBe(title);
    expect(page).toContain('<meta http-equiv="refresh" content="3">');
    expect(page).toContain(`href="${created.url}"`);
  });

  it('shows its secret nowhere but in the link', async () => {
    const { started, opened, page } = await startAndOpen(
      appOn({ status: () => Response.json({ status: 'initialized' }) }).app,
    );
    expect(page.replace(`href="${created.url}"`, '')).not.toContain('secret');
    expect(JSON.stringify([...started.headers, ...opened.headers])).not.toContain('secret');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'http://evil.example/', 'no url'])(
    'refuses the link %s',
    async (url) => {
      const { app } = appOn({ create: () => Response.json({ ...created, url }) });
      const refused = await start(app);
      expect(refused.status).toBe(502);
      expect(await refused.text()).not.toContain(url);
    },
  );
});

describe('a session that is confirmed', () => {
  it('shows what was shared, whether it is verified, and what was not shared', async () => {
    const { app } = appOn({
      decision: confirmed({
        names: { first_name: 'Ada', family_name: 'Lovelace', full_name: null, is_verified: true },
        email: { email: 'ada@example.com', is_verified: false },
        phone: null,
        is_over_18: true,
      }),
    });
    const { page } = await startAndOpen(app, ['names', 'email', 'phone', 'address', 'is_over_18']);
    expect(sharedOn(page)).toEqual({
      names: 'Ada Lovelace · Verified by Didit',
      email: 'ada@example.com · Not verified',
      is_over_18: 'Yes · Verified by Didit',
    });
    expect(Array.from(page.matchAll(/<li>(.*?)<\/li>/g), ([, text]) => text)).toEqual(['Phone number', 'Address']);
    expect(page).not.toContain('http-equiv="refresh"');
    expect(page).not.toContain(created.url);
  });

  it('takes nothing for verified that does not say so', async () => {
    const { app } = appOn({
      decision: confirmed({
        names: { full_name: 'Ada' },
        email: { email: 'ada@example.com', is_verified: null },
        phone: {},
        is_verified: false,
        address: { street: 'Main Street 1', floor: 2 },
        gender: {},
      }),
    });
    const { page } = await startAndOpen(app);
    expect(sharedOn(page)).toEqual({
      names: 'Ada · Verification not stated',
      email: 'ada@example.com · Verification not stated',
      phone: 'Shared, without a value · Verification not stated',
      is_verified: 'No · Not verified',
      address: 'street: Main Street 1\nfloor: 2 · Verification not stated',
      gender: 'Shared, without a value · Verification not stated',
    });
  });

  it('says of a picture that it was shared, and does not point to it', async () => {
    const { page } = await startAndOpen(appOn({ decision: confirmed({ picture: 'https://example.com/me.png' }) }).app);
    expect(sharedOn(page)).toEqual({ picture: 'Shared · Not verified' });
    expect(page).not.toContain('me.png');
  });

  it('escapes what people call themselves', async () => {
    const script = '<script>alert("1")</script>';
    const escaped = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;';
    const { page } = await startAndOpen(
      appOn({ decision: confirmed({ names: { full_name: script }, address: { [script]: script } }) }).app,
    );
    expect(page).not.toContain('<script');
    expect(sharedOn(page)).toMatchObject({
      names: `${escaped} · Verification not stated`,
      address: `${escaped}: ${escaped} · Verification not stated`,
    });
  });

  it('says so when nothing was shared', async () => {
    const { page } = await startAndOpen(appOn({ decision: confirmed({}, { user_data: null }) }).app);
    expect(page).toContain('No data was shared.');
    expect(sharedOn(page)).toEqual({});
  });
});

describe('a session that is not confirmed', () => {
  const shared = { names: { full_name: 'Ada Lovelace', is_verified: true } };

  it.each([
    ['declined', 'The request was declined'],
    ['Cancelled', 'The request was cancelled'],
    ['EXPIRED', 'The request has expired'],
    ['under review', 'The request is not confirmed'],
    ['confirmed ', 'The request is not confirmed'],
    ['', 'The request is not confirmed'],
    ['constructor', 'The request is not confirmed'],
  ])('status "%s": no data and no link', async (status, title) => {
    const { page } = await startAndOpen(
      appOn({ status: () => Response.json({ status }), decision: confirmed(shared) }).app,
    );
    expect(titleOf(page)).toBe(title);
    expect(page).not.toContain('Lovelace');
    // A status that is not known may be followed by one that is.
    expect(page.includes('http-equiv="refresh"')).toBe(title === 'The request is not confirmed');
    expect(page).not.toContain(created.url);
  });

  it.each(['Declined', 'Under Review'])('a decision that says "%s" overrules the status', async (status) => {
    const { page } = await startAndOpen(appOn({ decision: confirmed(shared, { status }) }).app);
    expect(titleOf(page)).not.toContain('Thank you');
    expect(page).not.toContain('Lovelace');
  });

  it.each([{ session_id: 's-2' }, { vendor_data: 'of somebody else' }])(
    'a decision about another session is refused: %j',
    async (overrides) => {
      const { opened, page } = await startAndOpen(appOn({ decision: confirmed(shared, overrides) }).app);
      expect(opened.status).toBe(502);
      expect(page).not.toContain('Lovelace');
    },
  );
});

describe('somebody else', () => {
  it.each([
    ['without a cookie', ''],
    ['with a cookie of their own', `owner=${'x'.repeat(43)}`],
    ['with a cookie that is no cookie of ours', 'owner=__proto__'],
  ])('%s sees nothing of the session', async (_, cookie) => {
    const { app } = appOn({ decision: confirmed({ names: { full_name: 'Ada Lovelace' } }) });
    await startAndOpen(app);
    const stranger = await app.request('/sessions/s-1', { headers: { cookie } });
    expect(stranger.status).toBe(404);
    expect(await stranger.text()).not.toContain('Lovelace');
  });
});

describe('errors', () => {
  const html502 = () =>
    new Response('<h1>502 Bad Gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } });
  const error = (status: number, headers = {}) => Response.json({ detail: 'the detail' }, { status, headers });

  it.each<[string, Service, number, string]>([
    ['an HTML 502', { status: html502 }, 502, 'Didit is not available'],
    ['a session that is gone', { status: () => error(404) }, 404, 'This session is gone'],
    ['a refused credential', { status: () => error(401) }, 500, 'This app is not set up correctly'],
    ['a missing permission', { decision: () => error(403) }, 500, 'This app is not set up correctly'],
    ['a truncated body', { decision: () => new Response('{"session_id":') }, 502, 'Didit’s answer could not be read'],
    [
      'a body that breaks the contract',
      { decision: confirmed({ email: { is_verified: 'yes' } }) },
      502,
      'Didit’s answer could not be read',
    ],
  ])('%s becomes a page that tells nothing more', async (_, service, status, title) => {
    const { app, entries } = appOn(service);
    const { opened, page } = await startAndOpen(app);
    expect(opened.status).toBe(status);
    expect(titleOf(page)).toBe(title);
    expect(page).not.toMatch(/ at \/|the detail|Bad Gateway|secret/);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatch(/^GET \d+ \w+Error operation=getSession\w+ status=\d+$/);
  });

  it('passes on how long to wait', async () => {
    const { opened } = await startAndOpen(appOn({ status: () => error(429, { 'retry-after': '7' }) }).app);
    expect(opened.status).toBe(503);
    expect(opened.headers.get('retry-after')).toBe('7');
  });

  it('a service that cannot be reached: no session, no cookie', async () => {
    const { app } = appOn({
      create: () => {
        throw new TypeError('fetch failed');
      },
    });
    const failed = await start(app);
    expect(failed.status).toBe(502);
    expect(failed.headers.get('set-cookie')).toBeNull();
  });

  it('a service that does not answer in time', async () => {
    const { app } = appOn({
      answerWithinMs: 20,
      create: (request) =>
        new Promise((resolve, reject) => {
          const late = setTimeout(() => resolve(Response.json(created)), 10_000);
          request.signal.addEventListener('abort', () => {
            clearTimeout(late);
            reject(request.signal.reason);
          });
        }),
    });
    expect((await start(app)).status).toBe(504);
  });

  it('logs a mistake of the app without its message, which could hold anything', async () => {
    const didit = createClient({ apiKey: 'k' });
    const sessions = {
      save: async () => {},
      find: async () => {
        throw new RangeError('Ada Lovelace');
      },
    };
    const entries: string[] = [];
    const app = createApp({ didit, sessions, log: (entry) => entries.push(entry) });
    const failed = await app.request('/sessions/s-1', { headers: { cookie: `owner=${'x'.repeat(43)}` } });
    expect(failed.status).toBe(500);
    expect(await failed.text()).not.toMatch(/Lovelace| at /);
    expect(entries).toEqual([expect.stringMatching(/^GET 500 RangeError\n\s+at /)]);
    expect(entries[0]).not.toContain('Lovelace');
  });

  it('answers in plain text to whoever does not read HTML', async () => {
    const { app } = appOn();
    const page = await app.request('/nowhere', { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8']);
    const plain = await app.request('/nowhere', { headers: { accept: 'application/json' } });
    expect([plain.status, plain.headers.get('content-type')]).toEqual([404, 'text/plain; charset=UTF-8']);
  });
});
