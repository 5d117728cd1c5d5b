import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startMock } from '@didit-data/mock';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningApp, startApp } from './support/running-app.ts';
import { openForm } from './support/visitor.ts';

const urlEncoded = 'application/x-www-form-urlencoded';
const operatorPassword = 'the-password-of-operators';
let app: RunningApp;
let stop: () => Promise<void>;

beforeAll(async () => {
  const mock = await startMock({ scenario: 'pending' });
  app = await startApp(fileURLToPath(new URL('..', import.meta.url)), {
    DIDIT_BASE_URL: mock.url,
    DIDIT_CLIENT_ID: mock.clientId,
    DIDIT_CLIENT_SECRET: mock.clientSecret,
    SAMPLE_DATABASE: ':memory:',
    SAMPLE_OPERATOR_PASSWORD: operatorPassword,
  });
  stop = async () => {
    expect(await app.stop()).toBe(0);
    await mock.close();
  };
});
afterAll(() => stop());

/** What is sent to start a session: a cookie, and the fields of the form. */
async function fillForm() {
  const { cookie, form } = await openForm(app.url);
  const fields = new URLSearchParams([
    ['form', form],
    ['scope', 'names'],
    ['scope', 'email'],
    ['reference', 'order 7, Zoë'],
  ]);
  return { cookie, fields: fields.toString() };
}

/** Sends a request whose body is these chunks, in chunked transfer encoding. */
async function sendChunked(method: string, path: string, chunks: readonly string[], headers: Record<string, string>) {
  const sent = request(`${app.url}${path}`, { method, headers: { origin: app.url, ...headers } });
  sent.on('error', () => {}); // the app may answer and close before everything is sent
  sent.setHeader('transfer-encoding', 'chunked');
  for (const chunk of chunks) sent.write(chunk);
  sent.end();
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, headers: response.headers, text: await text(response) };
}

/** Sends bytes as they are. @returns the first line of the answer */
async function sendRaw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.end(bytes);
  return (await text(socket)).split('\r\n')[0] ?? '';
}

test('a form that is sent in chunks is read, wherever it is cut', async () => {
  for (const size of [1, 7, 1_000]) {
    const { cookie, fields } = await fillForm();
    const chunks = fields.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];
    const answer = await sendChunked('POST', '/sessions', chunks, { cookie, 'content-type': urlEncoded });
    expect(answer.status).toBe(303);
    const page = await fetch(`${app.url}${answer.headers.location}`, { headers: { cookie } });
    expect(await page.text()).toMatch(/<li>Names<\/li><li>E-mail address<\/li>.*order 7, Zoë/s);
  }
});

test.each(['0\r\n\r\n', '3\r\na=b\r\n0\r\n\r\n'])(
  'a form without a token that is sent in chunks is refused: %j',
  async (body) => {
    const head = `POST /sessions HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: ${urlEncoded}\r\n`;
    expect(await sendRaw(`${head}Transfer-Encoding: chunked\r\n\r\n${body}`)).toBe('HTTP/1.1 403 Forbidden');
  },
);

test('a form that is sent in chunks is refused when it is too large, however large', async () => {
  const { cookie, fields } = await fillForm();
  for (const count of [20, 2_000]) {
    const chunks = [fields, ...Array.from({ length: count }, () => `&x=${'x'.repeat(1_000)}`)];
    const answer = await sendChunked('POST', '/sessions', chunks, { cookie, 'content-type': urlEncoded });
    expect([answer.status, answer.text]).toEqual([413, expect.stringContaining('<h1 tabindex="-1">Too much data')]);
  }
});

test.each(['zz\r\nform=x\r\n0\r\n\r\n', '5\r\nform=x\r\n', '5\r\nfo'])(
  'a form that is sent in chunks is refused when it is broken: %j',
  async (body) => {
    const { cookie } = await fillForm();
    const head = `POST /sessions HTTP/1.1\r\nHost: ${new URL(app.url).host}\r\nOrigin: ${app.url}\r\nCookie: ${cookie}\r\n`;
    const answer = await sendRaw(`${head}Content-Type: ${urlEncoded}\r\nTransfer-Encoding: chunked\r\n\r\n${body}`);
    expect(answer).toBe('HTTP/1.1 400 Bad Request');
    expect((await fetch(app.url)).status).toBe(200);
    expect(app.output()).not.toMatch(/POST 5|Error/);
  },
);

test.each(['text/plain', 'application/json', 'multipart/form-data; boundary=b', `${urlEncoded}x`, ''])(
  'a form that is sent in chunks is refused when its type is %j',
  async (type) => {
    const { cookie, fields } = await fillForm();
    const headers: Record<string, string> = type === '' ? { cookie } : { cookie, 'content-type': type };
    const answer = await sendChunked('POST', '/sessions', [fields], headers);
    expect([answer.status, answer.text]).toEqual([415, expect.stringContaining('Not a form')]);
  },
);

const paths = ['/', '/sessions/none', '/style.css', '/operators', '/operators/sessions/none'] as const;
const headers = { authorization: `Basic ${btoa(`operator:${operatorPassword}`)}` };

test.each(['OPTIONS', 'PUT', 'PATCH', 'DELETE', 'QUERY', 'PROPFIND'])(
  '%s is refused, with a body or without',
  async (method) => {
    for (const path of paths) {
      const allow = path === '/operators/sessions/none' ? 'GET, HEAD, POST' : 'GET, HEAD';
      for (const body of [[], ['a=b'], ['x'.repeat(20_000)]]) {
        const answer = await sendChunked(method, path, body, headers);
        expect([path, answer.status, answer.headers.allow]).toEqual([path, 405, allow]);
      }
      expect((await fetch(`${app.url}${path}`, { method, headers })).status).toBe(405);
    }
    expect((await fetch(`${app.url}/sessions`, { method, headers })).headers.get('allow')).toBe('POST');
    expect((await fetch(`${app.url}/nowhere`, { method, headers })).status).toBe(404);
  },
);

test('HEAD is answered like GET, without the page', async () => {
  for (const path of [...paths, '/nowhere', '/sessions/none/events', '/operators/exports/none/file']) {
    const [get, head] = [
      await fetch(`${app.url}${path}`, { headers }),
      await fetch(`${app.url}${path}`, { method: 'HEAD', headers }),
    ];
    expect([path, head.status, await head.text()]).toEqual([path, get.status, '']);
    await get.text();
  }
});

test('POST is refused where there is no form', async () => {
  const answer = await sendChunked('POST', '/', ['a=b'], { 'content-type': urlEncoded });
  expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
});

test('TRACE and targets that are not a path do no harm', async () => {
  for (const line of ['TRACE / HTTP/1.1', 'OPTIONS * HTTP/1.1', 'GET http://[ HTTP/1.1', 'NONSENSE / HTTP/1.1']) {
    expect(await sendRaw(`${line}\r\nHost: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4\d\d /);
  }
});

test('none of these requests was an error of the app', () => {
  expect(app.output()).not.toMatch(/ 5\d\d |Error/);
});
