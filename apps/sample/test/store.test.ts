import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openDatabase } from '../src/store/database.ts';
import { createSeal } from '../src/store/seal.ts';
import { confirmed, openSite } from './support/site.ts';
import { temporaryDatabase } from './support/temporary.ts';
import { sharedOn } from './support/visitor.ts';

const hour = 3_600_000;
const ada = { names: { full_name: 'Ada Lovelace', is_verified: true }, picture: 'https://example.com/me.png' };

/** The content of all the database's files. */
async function bytesOf(file: string): Promise<string> {
  const directory = dirname(file);
  const files = await readdir(directory);
  return (await Promise.all(files.map((name) => readFile(join(directory, name), 'latin1')))).join('\n');
}

test('the database contains no secret and no personal data that can be read without the key', async () => {
  const file = await temporaryDatabase();
  const site = openSite({ file, decision: confirmed(ada) });
  const visitor = site.newVisitor();
  await visitor.start(['names', 'picture'], 'order 7');
  const open = await bytesOf(file);
  expect(open).toContain('order 7');
  expect(open).not.toMatch(/secret-of-s-1|authorize/);
  await visitor.wait('/sessions/s-1');
  await site.close();
  const ended = await bytesOf(file);
  const cookie = visitor.cookie.replace('visitor=', '').replace(/\..*/, '');
  for (const word of ['Lovelace', 'me.png', 'secret-of-s-1', 'authorize', cookie]) expect(ended).not.toContain(word);
});

test('only this user can read the database', async () => {
  const file = await temporaryDatabase();
  openDatabase(file).close();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
});

test('a database of another version is refused', async () => {
  const file = await temporaryDatabase();
  openDatabase(file).close();
  const other = new DatabaseSync(file);
  other.exec('PRAGMA user_version = 99');
  other.close();
  expect(() => openDatabase(file)).toThrow('The database has version 99, but this app needs 3. Name another file');
});

const [key, column] = [new Uint8Array(32).fill(1), 'a column'];
const sealed = createSeal(key).close({ name: 'Ada' }, column);

test('a sealed value opens with its key, for its column', () => {
  expect(createSeal(key).open(sealed, column)).toEqual({ name: 'Ada' });
});

test.each([
  ['with another key', () => createSeal(new Uint8Array(32)).open(sealed, column)],
  ['for another column', () => createSeal(key).open(sealed, 'another column')],
  [
    'when it was changed',
    () =>
      createSeal(key).open(
        sealed.map((byte, at) => (at === 30 ? byte ^ 1 : byte)),
        column,
      ),
  ],
  ['when it is cut short', () => createSeal(key).open(sealed.slice(0, 20), column)],
  ['when it is empty', () => createSeal(key).open(new Uint8Array(), column)],
])('a sealed value does not open %s', (_, open) => {
  expect(open()).toBeUndefined();
});

test('a value is never sealed to the same bytes twice', () => {
  expect(createSeal(key).close({ name: 'Ada' }, column)).not.toEqual(sealed);
});

test('when its time is over, shared data is deleted, and the page says so', async () => {
  let time = Date.now();
  const file = await temporaryDatabase();
  const site = openSite({ file, now: () => time, decision: confirmed(ada) });
  const visitor = site.newVisitor();
  await visitor.startAndEnd(['names', 'email'], 'order 7');

  time += 23 * hour;
  site.app.sweep();
  expect(sharedOn(await visitor.get('/sessions/s-1'))).toHaveProperty('names');

  time += 2 * hour;
  site.app.sweep();
  const page = await visitor.get('/sessions/s-1');
  expect(page.title).toBe('Thank you, you are done');
  expect(page.text).toContain('has been deleted');
  expect(page.text).not.toMatch(/Lovelace|order 7/);
  expect(page.text).toContain('E-mail address'); // asked for and not shared
  expect(await bytesOf(file)).not.toContain('order 7');

  time += 400 * 24 * hour;
  site.app.sweep();
  expect((await visitor.get('/sessions/s-1')).status).toBe(404);
});

test('a session that is open is never deleted, however old it is', async () => {
  let time = Date.now();
  const site = openSite({ now: () => time, status: () => Response.json({ status: 'initialized' }) });
  const visitor = site.newVisitor();
  await visitor.start(['names'], 'order 7');
  time += 1_000 * 24 * hour;
  site.app.sweep();
  expect((await visitor.get('/operators/sessions/s-1', visitor.asOperator)).text).toContain('order 7');
  expect(site.database.prepare('SELECT count(*) AS count FROM sessions WHERE link IS NOT NULL').get()?.count).toBe(1);
});

test('a session that waits is still there after a day', async () => {
  let time = Date.now();
  const site = openSite({ now: () => time, status: () => Response.json({ status: 'initialized' }) });
  const visitor = site.newVisitor();
  await visitor.start(['names'], 'order 7');
  time += 24.5 * hour;
  site.app.sweep();
  expect((await visitor.get('/sessions/s-1')).text).toContain('order 7');
});
