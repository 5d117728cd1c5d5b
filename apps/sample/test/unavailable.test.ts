import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startMock } from '@didit-data/mock';
import { expect, onTestFinished, test, vi } from 'vitest';
import { lockDatabase } from './support/lock.ts';
import { startApp } from './support/running-app.ts';
import { confirmed, created, openSite } from './support/site.ts';
import { temporaryDatabase } from './support/temporary.ts';
import { openForm, sharedOn, type Visitor } from './support/visitor.ts';

const sample = fileURLToPath(new URL('..', import.meta.url));
const waiting = () => Response.json({ status: 'initialized' });

async function fieldsOf(visitor: Visitor) {
  return [
    ['form', await visitor.formToken()],
    ['scope', 'names'],
  ] as const;
}

/** Leaves no room in the database, as on a full disk. @returns a function that makes room */
function fill(database: DatabaseSync): () => Promise<void> {
  database.exec('CREATE TABLE IF NOT EXISTS filler (content BLOB)');
  const pages = database.prepare('PRAGMA page_count').get()?.page_count;
  database.exec(`PRAGMA max_page_count = ${pages}`);
  for (const table of ['filler', 'sessions']) {
    const row =
      table === 'filler' ? '(content) VALUES (zeroblob(?))' : `${columns} VALUES (hex(randomblob(9)), ${rest})`;
    for (const size of [2_000, 200, 20, 1]) {
      expect(() => {
        for (;;) database.prepare(`INSERT INTO ${table} ${row}`).run(size);
      }).toThrow('database or disk is full');
    }
  }
  return async () => {
    database.exec("PRAGMA max_page_count = 1000000; DELETE FROM sessions WHERE owner = 'filler'");
  };
}
const columns = '(id, owner, form, reference, asked, state, version, created_at, ended_at, shared, items)';
const rest = "'filler', hex(randomblob(9)), '', '', 'expired', 1, 1, 1, '', zeroblob(?)";

test('while another process locks the database, pages are served, and forms wait until the lock is gone', async () => {
  const mock = await startMock({ scenario: 'pending' });
  onTestFinished(() => mock.close());
  const SAMPLE_DATABASE = await temporaryDatabase();
  const app = await startApp(sample, {
    DIDIT_BASE_URL: mock.url,
    DIDIT_CLIENT_ID: mock.clientId,
    DIDIT_CLIENT_SECRET: mock.clientSecret,
    SAMPLE_DATABASE,
    SAMPLE_INTERVAL_MS: '50',
  });
  onTestFinished(async () => void (await app.stop()));
  const start = async ({ cookie, form }: { cookie: string; form: string }) => {
    const body = new URLSearchParams({ form, scope: 'names' });
    const headers = { cookie, origin: app.url };
    const { status, headers: sent } = await fetch(`${app.url}/sessions`, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
    });
    return { status, path: sent.get('location') };
  };
  const watcher = await openForm(app.url);
  const { path } = await start(watcher);
  const people = await Promise.all(Array.from({ length: 8 }, () => openForm(app.url)));

  const release = await lockDatabase(SAMPLE_DATABASE);
  const sent = people.map(start);
  const ended = mock.sessions.get(decodeURIComponent(path?.replace('/sessions/', '') ?? ''));
  ended?.confirm();
  let slowest = 0;
  for (let look = 0; look < 40; look += 1) {
    const begun = performance.now();
    const page = await fetch(`${app.url}${path}`, { headers: { cookie: watcher.cookie } });
    expect(await page.text()).toContain('Continue in the Didit app');
    slowest = Math.max(slowest, performance.now() - begun);
    await sleep(20);
  }
  expect(slowest).toBeLessThan(1_500); // SQLite itself would wait for five seconds
  await release();

  const answers = await Promise.all(sent);
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(303));
  await vi.waitFor(async () => {
    const page = await fetch(`${app.url}${path}`, { headers: { cookie: watcher.cookie } });
    expect(await page.text()).toContain('Thank you, you are done');
  });
  const made = mock.requests.filter(({ operationId, status }) => operationId === 'createSession' && status === 200);
  expect(made).toHaveLength(9);
  const database = new DatabaseSync(SAMPLE_DATABASE, { readOnly: true });
  const rows = database.prepare("SELECT id FROM sessions WHERE state <> 'creating'").all();
  database.close();
  expect(rows).toHaveLength(9);
  for (const { id } of rows) expect(mock.sessions.get(String(id))).toBeDefined();
});

test('a locked database does not block the app, however many sessions have something to save', async () => {
  const file = await temporaryDatabase();
  let made = 0;
  let status = 'initialized';
  const references = new Map<string, string>();
  const site = openSite({
    file,
    saveWithinMs: 50,
    create: async (request) => {
      const session_id = `s-${++made}`;
      references.set(session_id, (await request.json()).vendor_data);
      return Response.json({ ...created, session_id });
    },
    status: () => Response.json({ status }),
    decision: (_, id) => confirmed({ names: { full_name: 'Ada Lovelace' } })(references.get(id) ?? '', id),
  });
  const visitors = Array.from({ length: 20 }, () => site.newVisitor());
  for (const visitor of visitors) await visitor.start(['names']);

  const release = await lockDatabase(file);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  status = 'confirmed';
  await sleep(400);
  delay.disable();
  expect(delay.max / 1e6).toBeLessThan(1_000); // SQLite would wait for each session
  await release();
  for (const [at, visitor] of visitors.entries()) {
    const page = await visitor.wait(`/sessions/s-${at + 1}`);
    expect(sharedOn(page)).toEqual({ names: 'Ada Lovelace · Verification not stated' });
  }
});

test('when the database stays locked, the person is asked to send the form again, and Didit is not asked', async () => {
  const file = await temporaryDatabase();
  const site = openSite({ file, saveWithinMs: 50, status: waiting });
  const visitor = site.newVisitor();
  const fields = await fieldsOf(visitor);
  const release = await lockDatabase(file);
  const refused = await visitor.post('/sessions', fields);
  expect([refused.status, refused.headers.get('retry-after'), refused.title]).toEqual([
    503,
    '5',
    'Please wait a moment',
  ]);
  expect(refused.text).toContain('Send the form again in a moment');
  expect(site.entries).toEqual(['POST 503 the database is unavailable errcode=5']);
  expect(site.asked).toEqual([]);
  await release();
  expect((await visitor.post('/sessions', fields)).status).toBe(303);
});

test('when the database stays locked, an export does not begin, and can begin later', async () => {
  const file = await temporaryDatabase();
  const { newVisitor } = openSite({ file, saveWithinMs: 50 });
  const operator = newVisitor();
  const form = await operator.formToken('/operators', operator.asOperator);
  const send = () => operator.post('/operators/exports', Object.entries({ form, format: 'csv' }), operator.asOperator);
  const release = await lockDatabase(file);
  const refused = await send();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  await release();
  expect((await send()).status).toBe(303);
});

test.each([
  ['another process locks the database', async (file: string) => lockDatabase(file)],
  ['the disk is full', async (_: string, database: DatabaseSync) => fill(database)],
])('a session that Didit has made is not lost when %s before the app saves it', async (_, block) => {
  const file = await temporaryDatabase();
  let release = async () => {};
  const site = openSite({
    file,
    saveWithinMs: 50,
    status: waiting,
    create: async () => {
      release = await block(file, site.database);
      return Response.json(created);
    },
  });
  const visitor = site.newVisitor();
  const fields = await fieldsOf(visitor);
  const refused = await visitor.post('/sessions', fields);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  expect((await visitor.post('/sessions', fields)).status).toBe(503); // waits for the same session
  expect((await visitor.get('/')).text).not.toContain('Continue with');
  expect(site.entries).toContain('session="s-1" is kept in memory: the database is unavailable');
  expect(site.entries.join()).not.toMatch(/secret|authorize/);
  await release();
  await vi.waitFor(async () => {
    const again = await visitor.post('/sessions', fields);
    expect([again.status, again.headers.get('location')]).toEqual([303, '/sessions/s-1']);
  });
  expect((await visitor.get('/sessions/s-1')).text).toContain(created.url);
  expect(site.asked).toHaveLength(1);
});

test('a session that Didit has made is named in the log when the app ends before it can save it', async () => {
  const file = await temporaryDatabase();
  const site = openSite({
    file,
    saveWithinMs: 50,
    create: async () => {
      await lockDatabase(file);
      return Response.json(created);
    },
  });
  const visitor = site.newVisitor();
  expect((await visitor.post('/sessions', await fieldsOf(visitor))).status).toBe(503);
  await site.close();
  const line = 'session="s-1" was made and is not saved: the database is unavailable errcode=5';
  expect(site.entries).toContain(line);
  expect(site.entries.join()).not.toMatch(/secret|authorize/);
});

test.each([
  ['an id that cannot be in an address', { session_id: '..' }],
  ['a link that fits no code', { url: `https://app.didit.me/${'x'.repeat(3_000)}` }],
  ['the id of another session', { session_id: 's-0' }],
])('a session that Didit has made with %s has failed, and operators see it', async (_, answer) => {
  let made = 0;
  const site = openSite({
    status: waiting,
    create: () => Response.json({ ...created, ...(made++ === 0 ? { session_id: 's-0' } : answer) }),
  });
  const visitor = site.newVisitor();
  await visitor.start();
  const fields = await fieldsOf(visitor);
  const refused = await visitor.post('/sessions', fields);
  expect([refused.status, refused.title]).toEqual([502, 'Didit’s answer could not be read']);
  const again = await visitor.post('/sessions', fields);
  expect((await visitor.get(again.headers.get('location') ?? '')).title).toBe('The verification failed');
  const found = await visitor.get('/operators?state=failed', visitor.asOperator);
  expect(found.text).toContain('1 session<');
});

test('a session that Didit was asked for when the app was killed has failed', async () => {
  const mock = await startMock({ scenario: 'pending' });
  onTestFinished(() => mock.close());
  const env = {
    DIDIT_BASE_URL: mock.url,
    DIDIT_CLIENT_ID: mock.clientId,
    DIDIT_CLIENT_SECRET: mock.clientSecret,
    SAMPLE_DATABASE: await temporaryDatabase(),
  };
  mock.fault('createSession', { kind: 'hang' });
  const first = await startApp(sample, env);
  const { cookie, form } = await openForm(first.url);
  const send = (url: string) =>
    fetch(`${url}/sessions`, {
      method: 'POST',
      body: new URLSearchParams({ form, scope: 'names', reference: 'order 7' }),
      headers: { cookie, origin: url },
    });
  const lost = expect(send(first.url)).rejects.toThrow();
  await vi.waitFor(() => expect(mock.requests.map(({ operationId }) => operationId)).toContain('createSession'));
  await first.stop('SIGKILL');
  await lost;

  const second = await startApp(sample, env);
  onTestFinished(async () => void (await second.stop()));
  await vi.waitFor(async () => {
    const shown = await (await send(second.url)).text();
    expect(shown).toContain('This site stopped while it was asking Didit. Nothing was confirmed.');
    expect(shown).toContain('order 7');
  });
});
