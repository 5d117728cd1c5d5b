import { setTimeout as sleep } from 'node:timers/promises';
import type { MockControls } from './control/controls.ts';
import { createCore } from './core.ts';
import { MockOptionsError } from './errors.ts';
import type { Handler, MockResponse } from './http/message.ts';
import { bodyLimit } from './http/read-body.ts';
import { type MockOptions, resolveOptions } from './options.ts';

/** Options of `createMock`: those of `startMock` but for `port`, `host` and `watch`, and the address that it pretends to have. */
export interface InProcessOptions extends Omit<MockOptions, 'port' | 'host' | 'watch'> {
  /** An origin, for example `https://api.example.com`. Default: `http://localhost`. */
  url?: string;
}

/** A mock without a socket. */
export interface InProcessMock extends MockControls {
  /** The origin that `fetch` answers for. */
  readonly url: string;
  /** Like the global `fetch`, and answered by the mock. A request to another origin is a `TypeError`. */
  readonly fetch: typeof globalThis.fetch;
}

const dripPieces = 20;
const maxRedirects = 20;
const bodyless = [204, 205, 304];

/**
 * Makes a mock that is reached through its own `fetch`: no port, nothing to close. Otherwise as `startMock`, which also
 * says what it rejects with.
 *
 * @example
 * const { fetch, url, clientId, clientSecret } = await createMock();
 * const didit = createClient({ baseUrl: url, fetch, clientId, clientSecret });
 */
export async function createMock({
  url = 'http://localhost',
  ...options
}: InProcessOptions = {}): Promise<InProcessMock> {
  const origin = originOf(url);
  const core = await createCore(resolveOptions(options), () => origin);
  return Object.assign(core.mock, { url: origin, fetch: createFetch(core.handler, origin) });
}

function systemError(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}

function failed(cause: Error): TypeError {
  return new TypeError('fetch failed', { cause });
}

function closed(): Error {
  return systemError('other side closed', 'UND_ERR_SOCKET');
}

/** The body as a stream that ends early, or comes in drops. */
function streamOf(text: string, { delivery }: MockResponse, signal: AbortSignal): ReadableStream<Uint8Array> {
  const bytes = Buffer.from(text);
  const pieces = delivery?.how === 'drip' ? dripPieces : 1;
  const end = delivery?.how === 'truncate' ? Math.floor(bytes.length / 2) : bytes.length;
  const size = Math.max(1, Math.ceil(end / pieces));
  const pauseMs = delivery?.how === 'drip' && end > 0 ? (delivery.bodyMs * size) / end : 0;
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      try {
        if (pauseMs > 0 && delivery) await wait(pauseMs, signal, delivery.released);
      } catch (error) {
        return controller.error(error);
      }
      if (at < end) controller.enqueue(new Uint8Array(bytes.subarray(at, Math.min(end, at + size))));
      at += size;
      if (at < end) return;
      if (delivery?.how === 'truncate') controller.error(new TypeError('terminated', { cause: closed() }));
      else controller.close();
    },
  });
}

function headersOf(request: Request, host: string, length: number): Record<string, string> {
  const headers: Record<string, string> = { host };
  for (const [name, value] of request.headers) headers[name] = value;
  if (length > 0) headers['content-length'] = String(length);
  return headers;
}

/** Throws the reason of the signal; `released` ends the wait early. */
async function wait(ms: number, signal: AbortSignal, released: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: AbortSignal.any([signal, released]) });
  } catch {
    signal.throwIfAborted();
  }
}

/** Lets an answer out as its fault has it, in the way a fetch shows it. */
async function deliver(answer: MockResponse, request: Request): Promise<Response> {
  const { status, headers, body, delivery } = answer;
  const { signal } = request;
  if (delivery && delivery.waitMs > 0) await wait(delivery.waitMs, signal, delivery.released);
  if (delivery?.how === 'hang') {
    while (!delivery.released.aborted) await wait(2 ** 30, signal, delivery.released);
    throw failed(closed());
  }
  if (delivery?.how === 'reset') throw failed(systemError('read ECONNRESET', 'ECONNRESET'));
  if (delivery?.how === 'empty') throw failed(closed());
  const length = String(Buffer.byteLength(body));
  const text = request.method === 'HEAD' || bodyless.includes(status) ? null : body;
  const slow = delivery?.how === 'drip' || delivery?.how === 'truncate';
  const content = text !== null && slow ? streamOf(text, answer, signal) : text;
  const response = new Response(content, { status, headers: { ...headers, 'content-length': length } });
  Object.defineProperty(response, 'url', { value: request.url });
  return response;
}

async function ask(handler: Handler, request: Request, { host, pathname, search }: URL): Promise<Response> {
  request.signal.throwIfAborted();
  const body = request.body ? Buffer.from(await request.clone().arrayBuffer()) : Buffer.alloc(0);
  const answer = await handler({
    method: request.method,
    target: pathname + search,
    headers: headersOf(request, host, body.length),
    ...(body.length > bodyLimit ? { body: Buffer.alloc(0), tooLarge: true } : { body }),
    local: true,
  });
  try {
    request.signal.throwIfAborted();
    return await deliver(answer, request);
  } finally {
    answer.done?.();
  }
}

/** The next request of a redirect; `undefined` when there is none to follow. */
function redirected(request: Request, response: Response): Request | undefined {
  const location = response.headers.get('location');
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return undefined;
  if (request.redirect === 'manual') return undefined;
  if (request.redirect === 'error') throw failed(new Error('unexpected redirect'));
  const url = new URL(location, request.url);
  if (response.status >= 307) return new Request(url, request);
  const headers = new Headers(request.headers);
  for (const name of ['content-type', 'content-length']) headers.delete(name);
  return new Request(url, { method: request.method === 'HEAD' ? 'HEAD' : 'GET', headers, signal: request.signal });
}

function createFetch(handler: Handler, origin: string): typeof globalThis.fetch {
  return async (input, init) => {
    let request = new Request(input, init);
    for (let hops = 0; hops <= maxRedirects; hops += 1) {
      const url = new URL(request.url);
      if (url.origin !== origin) throw failed(new Error(`This mock answers for ${origin}, and not for ${url.origin}.`));
      const response = await ask(handler, request, url);
      const next = redirected(request, response);
      if (!next) return response;
      await response.body?.cancel();
      request = next;
    }
    throw failed(new Error('redirect count exceeded'));
  };
}

function originOf(url: string): string {
  const parsed = URL.parse(url);
  const isOrigin = parsed !== null && /^https?:$/.test(parsed.protocol) && `${parsed.origin}/` === parsed.href;
  if (!isOrigin)
    throw new MockOptionsError('url must be an http or https origin, for example https://api.example.com.');
  return parsed.origin;
}
