import { getEventListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClient } from '../../src/index.ts';
import { type UndiciFetch, undiciFetch } from '../../src/undici.ts';
import { rejection } from '../support/helpers.ts';
import { pour, type Service, sendJson, serve } from '../support/service.ts';
import { eventually } from '../support/trial.ts';

let transport: UndiciFetch;
let service: Service;
let asked: (string | undefined)[];

const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));

/** Echoes the request; `/large` has no end, `/none` no body, `/gzip` is compressed, and so is `/bomb`, much more. */
beforeEach(async () => {
  transport = undiciFetch();
  asked = [];
  service = await serve(async (request, response) => {
    asked.push(request.url);
    if (request.url?.startsWith('/bomb')) return void response.setHeader('content-encoding', 'gzip').end(bomb);
    if (request.url === '/large') return void pour(response);
    if (request.url?.startsWith('/bytes/')) return void sendBytes(request.url, response);
    if (request.url === '/none') return void response.writeHead(204).end();
    if (request.url?.startsWith('/gzip'))
      return void response.setHeader('content-encoding', 'gzip').end(gzipSync('"zipped"'));
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method, url, headers } = request;
    sendJson(response, { method, url, headers, body }, 201, { 'set-cookie': ['a=1', 'b=2'], 'x-list': ['1', '2'] });
  });
});
afterEach(async () => {
  await transport.close();
  await service.close();
});

/** What `/bytes/` sends, by its query: that many bytes, in chunks of that size, so long one after the other. */
const { size, chunk, pauseMs } = { size: 300_000, chunk: 7_919, pauseMs: 1 };
const content = Buffer.from(Uint8Array.from({ length: size }, (_, n) => n % 251));

describe('a request', () => {
  test('is sent with what the platform sends where the caller says nothing else', async () => {
    const sent = await (await get('/x?q=1#h', { headers: { 'X-One': '1' } })).json();
    expect(sent).toMatchObject({ method: 'GET', url: '/x?q=1', body: '' });
    expect(sent.headers).toMatchObject({ 'x-one': '1', accept: '*/*', 'accept-encoding': 'gzip, deflate, br' });
  });

  test.each<[string, BodyInit, string]>([
    ['text', 'ä', 'ä'],
    ['bytes', new Uint8Array([65, 66]), 'AB'],
    ['a form', new URLSearchParams({ a: 'b c' }), 'a=b+c'],
    ['a stream', new Blob(['stream']).stream(), 'stream'],
  ])("accepts a body of %s, from its own Request and from the platform's", async (_, body, expected) => {
    const init = { method: 'POST', body, headers: { 'x-two': '2' }, duplex: 'half' } as RequestInit;
    const light = new transport.Request(service.url, init);
    const own = await (await transport(light)).json();
    expect(own).toMatchObject({ method: 'POST', body: expected, headers: { 'x-two': '2' } });
    if (body instanceof ReadableStream) return;
    const platform = await (await transport(new Request(service.url, init))).json();
    expect(platform).toMatchObject({ method: 'POST', body: expected, headers: { 'x-two': '2' } });
  });

  test('can be cloned and read', async () => {
    const { signal } = new AbortController();
    const request = new transport.Request(service.url, { method: 'POST', body: '{"a":1}', signal });
    const copy = request.clone();
    copy.headers.set('x-three', '3');
    expect(request.headers.has('x-three')).toBe(false);
    expect(copy.signal).toBe(signal);
    expect([await copy.text(), await request.json()]).toEqual(['{"a":1}', { a: 1 }]);
    expect(new TextDecoder().decode(await request.arrayBuffer())).toBe('{"a":1}');
    expect(await new Response(request.body).text()).toBe('{"a":1}');
    expect(new transport.Request(service.url).body).toBeNull();
    expect(new transport.Request(service.url).signal.aborted).toBe(false);
  });
});

describe('a response', () => {
  test("has status, url and headers like the platform's", async () => {
    const response = await get('/x');
    expect(response).toMatchObject({ ok: true, status: 201, statusText: 'Created', redirected: false });
    expect(response.url).toBe(`${service.url}/x`);
    expect(response.headers.get('X-List')).toBe('1, 2');
    expect(response.headers.get('constructor')).toBeNull();
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const copy = new Headers(response.headers);
    expect(copy.get('x-list')).toBe('1, 2');
    expect([...response.headers.keys()]).toEqual([...copy.keys()]);
    expect(Object.fromEntries(response.headers)).toEqual(Object.fromEntries(copy));
    response.headers.set('x-list', '3');
    expect(response.headers.get('x-list')).toBe('3');
    await response.body?.cancel();
  });

  test('is read once, in any form', async () => {
    for (const form of ['text', 'json', 'bytes', 'arrayBuffer', 'blob'] as const) {
      const response = await get();
      expect(response.bodyUsed).toBe(false);
      expect(await response[form]()).toBeDefined();
      expect(response.bodyUsed).toBe(true);
      expect(await rejection(response.text())).toBeInstanceOf(TypeError);
    }
  });

  test('is bounded where it has been cloned, too', async () => {
    let copy: Response | undefined;
    const cloning: typeof transport = Object.assign(
      async (request: Request, init?: RequestInit) => {
        const response = await transport(request, init);
        copy = response.clone();
        return response;
      },
      { Request: transport.Request, close: transport.close },
    );
    const didit = createClient({ apiKey: 'key-1', baseUrl: `${service.url}/bomb`, fetch: cloning });
    const error = await rejection(didit.sessions.decision('s-1'));
    expect(String(error)).toContain('larger than 5242880 bytes');
    await copy?.body?.cancel();
    await eventually(() => service.busy() === 0, 'the response is still under way');
  });

  test('is read as a stream, and in two copies', async () => {
    const response = await get();
    const copy = response.clone();
    expect(await copy.json()).toEqual(await response.json());
    expect(() => response.clone()).toThrow(TypeError);
    const again = await get();
    const reader = again.body?.getReader();
    expect((await reader?.read())?.value?.byteLength).toBeGreaterThan(10);
    expect((await reader?.read())?.done).toBe(true);
    expect(again.bodyUsed).toBe(true);
  });

  describe.each(['known', 'known-gzip', 'chunked', 'chunked-gzip', 'slow', 'slow-gzip'])('of 300 kB, %s', (kind) => {
    test.each<[string, (response: Response) => Promise<Uint8Array>]>([
      ['as a whole', async (response) => new Uint8Array(await response.arrayBuffer())],
      ['as a stream', (response) => joined(response.body)],
      ['as a stream, slowly', (response) => joined(response.body, 2)],
      ['into memory of its own', (response) => readInto(response.body)],
      ['in two copies', async (response) => (await Promise.all([joined(response.clone().body), response.bytes()]))[0]],
    ])('arrives whole for a reader that is late and reads it %s', async (_, read) => {
      const response = await get(`/bytes/${kind}`);
      await wait(100); // by now the connection pauses
      expect(Buffer.from(await read(response)).equals(content)).toBe(true);
      await eventually(() => service.busy() === 0, 'the response is still under way');
    });
  });

  test('without a body has none', async () => {
    for (const response of [await get('/none'), await get('/x', { method: 'HEAD' })]) {
      expect(response.body).toBeNull();
      expect(await response.text()).toBe('');
    }
  });

  test.each(['/large', '/bomb'])('that is not read does not fill the memory, and can be released: %s', async (path) => {
    const before = process.memoryUsage().rss;
    const response = await get(path);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(process.memoryUsage().rss - before).toBeLessThan(30 * 1024 * 1024);
    const reader = response.body?.getReader();
    for (let size = 0; size < 1024 * 1024; ) size += (await reader?.read())?.value?.byteLength ?? Number.NaN;
    await reader?.cancel();
    await eventually(() => service.busy() === 0, 'the response is still under way');
  });

  test('that is aborted fails its reader with the reason of the caller', async () => {
    const controller = new AbortController();
    const response = await get('/large', { signal: controller.signal });
    const reason = new Error('enough');
    const read = rejection(response.arrayBuffer());
    controller.abort(reason);
    expect(await read).toBe(reason);
  });

  test('leaves no listener on a long-lived signal, whether it is read, released or never came', async () => {
    const { signal } = new AbortController();
    await (await get('/x', { signal })).text();
    await (await get('/none', { signal })).text();
    await (await get('/large', { signal })).body?.cancel();
    await rejection(transport(new transport.Request('http://127.0.0.1:1/', { signal })));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('reaches the caller of a client decompressed', async () => {
    const baseUrl = `${service.url}/gzip`;
    const didit = createClient({ apiKey: 'key-1', baseUrl, fetch: transport, validation: 'report' });
    expect(await didit.sessions.decision('s-1')).toBe('zipped');
  });
});

describe('connections', () => {
  test('never exceed the option', async () => {
    const narrow = undiciFetch({ connections: 2 });
    const calls = Array.from({ length: 20 }, () => narrow(new Request(service.url)));
    for (const response of await Promise.all(calls)) await response.text();
    expect(service.open()).toBe(2);
    await narrow.close();
    await eventually(() => service.open() === 0, 'connections are still open');
  });

  test('do not send what was aborted while it waited for one', async () => {
    const narrow = undiciFetch({ connections: 1 });
    const controller = new AbortController();
    const first = await narrow(new Request(`${service.url}/large`));
    const waiting = rejection(narrow(new Request(`${service.url}/aborted`), { signal: controller.signal }));
    await new Promise((resolve) => setTimeout(resolve, 10)); // it is in the queue
    controller.abort(new Error('enough'));
    expect(await waiting).toBe(controller.signal.reason);
    await first.body?.cancel();
    await (await narrow(new Request(`${service.url}/after`))).text();
    await narrow.close();
    expect(asked).toEqual(['/large', '/after']);
  });

  test.each(['/large', '/bytes/known', '/bytes/chunked'])(
    'are free for the next attempt when a response was refused, without being read: %s',
    async (path) => {
      const narrow = undiciFetch({ connections: 1 });
      let sent = 0;
      /** The first is refused by its status, the second by a wrong token. */
      const refusing = async (_: Request, init?: RequestInit) => {
        sent += 1;
        const answer = await narrow(new Request(service.url + (sent < 3 ? path : '/x')), init);
        const status = [503, 401][sent - 1] ?? 200;
        return Object.defineProperty(answer, 'status', { value: status }) as Response;
      };
      let tokens = 0;
      const didit = createClient({
        accessToken: () => `token-${++tokens}`,
        fetch: refusing,
        maxRetries: 1,
        validation: 'report',
      });
      expect(await didit.sessions.decision('s-1', { signal: AbortSignal.timeout(5_000) })).toMatchObject({ url: '/x' });
      expect([sent, tokens]).toEqual([3, 2]);
      await narrow.close();
    },
  );

  test('end with close: what is under way comes first, and nothing can be sent afterwards', async () => {
    const underWay = get();
    const closed = transport.close();
    expect((await underWay).status).toBe(201);
    await closed;
    await eventually(() => service.open() === 0, 'connections are still open');
    expect(await rejection(get())).toMatchObject({ cause: { code: expect.stringMatching(/CLOSED|DESTROYED/) } });
    await transport.close();
  });
});

async function sendBytes(url: string, response: ServerResponse): Promise<void> {
  const zip = url.endsWith('gzip');
  if (zip) response.setHeader('content-encoding', 'gzip');
  const bytes = zip ? gzipSync(content, { level: 0 }) : content;
  if (url.includes('known')) return void response.setHeader('content-length', bytes.byteLength).end(bytes);
  for (let at = 0; at < bytes.byteLength; at += chunk) {
    response.write(bytes.subarray(at, at + chunk));
    if (url.includes('slow')) await wait(pauseMs);
  }
  response.end();
}

function get(path = '/x', init?: RequestInit) {
  return transport(new transport.Request(service.url + path, init));
}

async function joined(body: ReadableStream<Uint8Array> | null, pauseMs = 0): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    if (pauseMs > 0) await wait(pauseMs);
  }
  return Buffer.concat(chunks);
}

/** As with `getReader({ mode: 'byob' })`, which asks for bytes in memory that the reader brings. */
async function readInto(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  const reader = body?.getReader({ mode: 'byob' });
  const chunks: Uint8Array[] = [];
  for (;;) {
    const { done, value } = (await reader?.read(new Uint8Array(10_000))) ?? { done: true };
    if (done) return Buffer.concat(chunks);
    chunks.push(value ?? new Uint8Array());
  }
}
