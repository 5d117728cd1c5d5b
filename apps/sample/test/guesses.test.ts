import { once } from 'node:events';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createGuesses } from '../src/operators/guesses.ts';
import { startApp } from './support/running-app.ts';
import { openSite } from './support/site.ts';
import { operatorPassword } from './support/visitor.ts';

const sample = fileURLToPath(new URL('..', import.meta.url));

test('wrong passwords make an address wait longer and longer, up to a minute', () => {
  let time = 1_000_000;
  const guesses = createGuesses(() => time);
  const waits: number[] = [];
  for (let wrong = 0; wrong < 14; wrong += 1) {
    const waitMs = guesses.waitMs('a');
    waits.push(waitMs);
    time += waitMs;
    expect(guesses.waitMs('a')).toBe(0);
    guesses.wrong('a');
  }
  expect(waits).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000));
  expect(guesses.waitMs('b')).toBe(0);
  time += 16 * 60_000;
  guesses.wrong('a');
  expect(guesses.waitMs('a')).toBe(0);
});

test('the right password resets the count of wrong ones', () => {
  const guesses = createGuesses(() => 1_000_000);
  for (let wrong = 0; wrong < 4; wrong += 1) guesses.wrong('a');
  guesses.right('a');
  guesses.wrong('a');
  expect(guesses.waitMs('a')).toBe(0);
});

test('wrong passwords of many addresses make all wait except those that know the password, in bounded memory', () => {
  const guesses = createGuesses(() => 1_000_000);
  guesses.right('operator');
  for (let address = 0; address < 49; address += 1) guesses.wrong(`guesser ${address}`);
  expect(guesses.waitMs('another')).toBe(0);
  guesses.wrong('guesser 49');
  expect([guesses.waitMs('another'), guesses.waitMs('operator')]).toEqual([1_000, 0]);
  for (let wrong = 0; wrong < 5; wrong += 1) guesses.wrong('operator');
  expect(guesses.waitMs('operator')).toBe(1_000);
  for (let address = 0; address < 1_000; address += 1) guesses.wrong(`guesser ${address}`);
  expect([guesses.waitMs('another'), guesses.waitMs('operator')]).toEqual([60_000, 0]); // its own are forgotten
});

test('an address that guesses is refused; an operator elsewhere is let in immediately, and one at that address after the wait', async () => {
  const app = await startApp(sample, {
    DIDIT_BASE_URL: 'http://127.0.0.1:9',
    DIDIT_CLIENT_ID: 'id',
    DIDIT_CLIENT_SECRET: 'the-secret',
    SAMPLE_DATABASE: ':memory:',
    SAMPLE_OPERATOR_PASSWORD: operatorPassword,
  });
  onTestFinished(async () => void (await app.stop()));
  const ask = async (password: string | undefined, localAddress = '127.0.0.1') => {
    const authorization = password === undefined ? {} : { authorization: `Basic ${btoa(`operator:${password}`)}` };
    const headers = { ...authorization, 'x-forwarded-for': `10.0.0.${Math.random()}` };
    const [response] = await once(request(`${app.url}/operators`, { headers, localAddress }).end(), 'response');
    response.resume();
    return { status: response.statusCode as number, wait: Number(response.headers['retry-after']) };
  };

  for (let look = 0; look < 20; look += 1) expect((await ask(undefined)).status).toBe(401); // nothing was guessed
  const answers = await Promise.all(Array.from({ length: 500 }, (_, at) => ask(`guess ${at}`)));
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(495);
  for (const { wait } of refused) expect(wait).toBe(1);

  expect((await ask(operatorPassword)).status).toBe(429); // or the answer would reveal which guess is right
  expect((await ask(operatorPassword, '127.0.0.2')).status).toBe(200);
  await vi.waitFor(async () => expect((await ask(operatorPassword)).status).toBe(200), { timeout: 5_000 });
});

test('the page for too many wrong passwords says how long to wait', async () => {
  const visitor = openSite({ operatorPassword }).newVisitor();
  const wrong = { authorization: `Basic ${btoa('operator:wrong')}` };
  for (let guess = 0; guess < 5; guess += 1) expect((await visitor.get('/operators', wrong)).status).toBe(401);
  const page = await visitor.get('/operators', wrong);
  expect([page.status, page.title, page.headers.get('retry-after')]).toEqual([429, 'Too many wrong passwords', '1']);
  expect(page.headers.get('www-authenticate')).toBeNull(); // a browser would ask for the password again
});
