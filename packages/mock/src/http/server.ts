import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { bodyLimit, brokenAnswer, dripPieces, type Handler, type MockResponse, serialize } from './message.ts';

/** A handler that listens on a port. */
export interface Server {
  readonly url: string;
  readonly port: number;
  /** Accepts no new requests, finishes those in flight (within 5 s), then ends every connection. */
  close(): Promise<void>;
}

const closeWithinMs = 5_000;

/** In bytes. A body over `bodyLimit` is read and discarded up to here: its sender then reads the 413, not a reset. */
const drainLimit = 64 * bodyLimit;

/** @throws {Error} Node's own (`EADDRINUSE`, `EACCES`, …), when it cannot listen */
export async function listen(handler: Handler, { host, port }: { host: string; port: number }): Promise<Server> {
  const inFlight = new Set<ServerResponse>();
  const ending = new AbortController();
  let closing: Promise<void> | undefined;
  let onIdle = (): void => {};

  const server = createServer((message, response) => {
    inFlight.add(response);
    response.once('close', () => {
      inFlight.delete(response);
      if (inFlight.size === 0) onIdle();
    });
    const answer = async (): Promise<void> => {
      const { delivery, ...rest } = await respond(handler, message);
      try {
        if (delivery) await deliver(response, { ...rest, delivery }, ending.signal);
        else write(response, rest, ending.signal.aborted);
      } finally {
        rest.done?.();
      }
    };
    answer().catch((error: unknown) => giveUp(message, response, error));
  });

  await once(server.listen(port, host), 'listening');
  const address = server.address() as AddressInfo;

  const shutDown = async (): Promise<void> => {
    ending.abort();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    if (inFlight.size > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, closeWithinMs);
        onIdle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    server.closeAllConnections();
    await closed;
  };

  return {
    url: urlOf(address),
    port: address.port,
    close: () => {
      closing ??= shutDown();
      return closing;
    },
  };
}

function headersOf(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

/** A URL that a client can connect to, also when the server listens on all addresses. */
function urlOf({ address, family, port }: AddressInfo): string {
  const any = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
  return `http://${family === 'IPv6' ? `[${any}]` : any}:${port}`;
}

function isLoopback(address = ''): boolean {
  return /^(::1$|(::ffff:)?127\.)/.test(address);
}

async function respond(handler: Handler, message: IncomingMessage): Promise<MockResponse> {
  const body = await readBody(message);
  const { method = 'GET', url: target = '/' } = message;
  const request = { method, target, headers: headersOf(message), local: isLoopback(message.socket.remoteAddress) };
  return handler({ ...request, ...(body === 'too-large' ? { body: Buffer.alloc(0), tooLarge: true } : { body }) });
}

function write(response: ServerResponse, { status, headers, body }: MockResponse, closing: boolean): void {
  response.writeHead(status, {
    ...headers,
    ...(status !== 204 && { 'content-length': String(Buffer.byteLength(body)) }),
    ...(closing && { connection: 'close' }),
  });
  response.end(body);
}

/** Sends an answer as its fault says. Waits end early when the client disconnects, the server closes or the mock is reset. */
async function deliver(
  response: ServerResponse,
  answer: MockResponse & Required<Pick<MockResponse, 'delivery'>>,
  closing: AbortSignal,
): Promise<void> {
  const { delivery } = answer;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, closing, delivery.released]);
  const pause = (ms: number | undefined): Promise<void> => sleep(ms, undefined, { signal }).catch(() => {});

  if (delivery.waitMs > 0) await pause(delivery.waitMs);
  switch (delivery.how) {
    case 'hang':
      while (!signal.aborted) await pause(2 ** 30);
      response.destroy();
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'empty':
      response.socket?.end();
      return;
    case 'truncate': {
      const body = Buffer.from(answer.body);
      response.writeHead(answer.status, { ...answer.headers, 'content-length': String(Math.max(1, body.length)) });
      response.write(body.subarray(0, body.length / 2), () => response.destroy());
      return;
    }
    case 'drip': {
      const body = Buffer.from(answer.body);
      const size = Math.max(1, Math.ceil(body.length / dripPieces));
      response.writeHead(answer.status, { ...answer.headers, 'content-length': String(body.length) });
      response.flushHeaders();
      for (let at = 0; at < body.length && !response.destroyed; at += size) {
        await pause((delivery.bodyMs * size) / body.length);
        response.write(body.subarray(at, at + size));
      }
      response.end();
      return;
    }
    default:
      write(response, answer, closing.aborted);
  }
}

/** Called when the client has disconnected, or an answer cannot be written (a header that HTTP does not allow). */
function giveUp(message: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (!message.complete || response.headersSent) response.destroy();
  else write(response, serialize(brokenAnswer(error)), true);
}

/** @throws {Error} when the sender disconnects */
async function readBody(message: IncomingMessage): Promise<Buffer | 'too-large'> {
  if (!hasBody(message)) return Buffer.alloc(0); // reading would cost as much as the rest of the server
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > drainLimit) break;
    if (length <= bodyLimit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length > bodyLimit ? 'too-large' : Buffer.concat(chunks, length);
}

/** A request without either header has no body (RFC 9112, 6.3). */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}
