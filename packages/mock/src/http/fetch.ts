import { ReadableStream } from 'node:stream/web';
import { setTimeout as sleep } from 'node:timers/promises';
import { bodyLimit, bodyless, type Delivery, dripPieces, type Handler, type MockResponse } from './message.ts';

const maxRedirects = 20;

/** Makes a `fetch` that passes requests for the origin to the handler. It fails with the errors of Node's own `fetch`. */
export function createFetch(handler: Handler, origin: string): typeof globalThis.fetch {
  return async (input, init) => {
    let request = new Request(input, init);
    for (let hops = 0; hops <= maxRedirects; hops += 1) {
      const url = new URL(request.url);
      if (url.origin !== origin) throw failed(new Error(`This mock answers for ${origin}, not for ${url.origin}.`));
      const response = await exchange(handler, request, url);
      const next = redirected(request, response);
      if (!next) return response;
      await response.body?.cancel();
      request = next;
    }
    throw failed(new Error('redirect count exceeded'));
  };
}

async function exchange(handler: Handler, request: Request, { host, pathname, search }: URL): Promise<Response> {
  request.signal.throwIfAborted();
  const body = request.body ? Buffer.from(await request.clone().arrayBuffer()) : Buffer.alloc(0);
  const length = body.length > 0 ? { 'content-length': String(body.length) } : {};
  const answer = await handler({
    method: request.method,
    target: pathname + search,
    headers: { host, ...Object.fromEntries(request.headers), ...length },
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

/** Returns the answer as a `Response`, or fails, as its fault says. */
async function deliver({ status, headers, body, delivery }: MockResponse, request: Request): Promise<Response> {
  const { signal } = request;
  if (delivery && delivery.waitMs > 0) await wait(delivery.waitMs, signal, delivery.released);
  if (delivery?.how === 'hang') {
    while (!delivery.released.aborted) await wait(2 ** 30, signal, delivery.released);
    throw failed(closed());
  }
  if (delivery?.how === 'reset') throw failed(systemError('read ECONNRESET', 'ECONNRESET'));
  if (delivery?.how === 'empty') throw failed(closed());
  const hasBody = request.method !== 'HEAD' && !bodyless.includes(status);
  const isPartial = delivery?.how === 'drip' || delivery?.how === 'truncate';
  const content = isPartial ? ReadableStream.from(piecesOf(Buffer.from(body), delivery, signal)) : body;
  const response = new Response(hasBody ? (content as BodyInit) : null, {
    status,
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
  });
  Object.defineProperty(response, 'url', { value: request.url });
  return response;
}

/** The body in small pieces over a time, or half of it and then an error. */
async function* piecesOf(body: Buffer, delivery: Delivery, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (delivery.how !== 'drip') {
    yield body.subarray(0, body.length / 2);
    throw new TypeError('terminated', { cause: closed() });
  }
  const size = Math.max(1, Math.ceil(body.length / dripPieces));
  for (let at = 0; at < body.length; at += size) {
    await wait((delivery.bodyMs * size) / body.length, signal, delivery.released);
    yield body.subarray(at, at + size);
  }
}

/**
 * Waits for a time, or until `released` aborts.
 *
 * @throws the reason of `signal`, when it aborts
 */
async function wait(ms: number, signal: AbortSignal, released: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: AbortSignal.any([signal, released]) });
  } catch {
    signal.throwIfAborted();
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

function failed(cause: Error): TypeError {
  return new TypeError('fetch failed', { cause });
}

function closed(): Error {
  return systemError('other side closed', 'UND_ERR_SOCKET');
}

function systemError(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
