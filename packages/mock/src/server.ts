import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brokenAnswer, type Handler, type MockResponse, refuse, serialize } from './http.ts';
import { readBody } from './read-body.ts';

/** A handler that listens on a port. */
export interface Server {
  readonly url: string;
  readonly port: number;
  /** Takes no new requests, finishes those in flight (for 5 s at most), then ends every connection. */
  close(): Promise<void>;
}

const closeWithinMs = 5_000;

const headersOf = (message: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
};

/** An address that a client can connect to, also when the server listens on all of them. */
const urlOf = ({ address, family, port }: AddressInfo): string => {
  const any = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
  return `http://${family === 'IPv6' ? `[${any}]` : any}:${port}`;
};

const tooLarge = (): MockResponse => serialize(refuse(413, 'The body is larger than 1 MB.'));

const respond = async (handler: Handler, message: IncomingMessage): Promise<MockResponse> => {
  const body = await readBody(message);
  if (body === 'too-large') return tooLarge();
  const { method = 'GET', url: target = '/' } = message;
  return handler({ method, target, headers: headersOf(message), body });
};

const write = (response: ServerResponse, { status, headers, body }: MockResponse, closing: boolean): void => {
  response.writeHead(status, {
    ...headers,
    ...(status !== 204 && { 'content-length': String(Buffer.byteLength(body)) }),
    ...(closing && { connection: 'close' }),
  });
  response.end(body);
};

/** The sender has gone away, or an answer cannot be written (a header that HTTP does not allow). */
const giveUp = (message: IncomingMessage, response: ServerResponse, error: unknown): void => {
  if (!message.complete || response.headersSent) response.destroy();
  else write(response, serialize(brokenAnswer(error)), true);
};

/** Starts listening. Rejects with Node's own error (`EADDRINUSE`, `EACCES`, …) when it cannot. */
export const listen = async (handler: Handler, options: { host: string; port: number }): Promise<Server> => {
  const inFlight = new Set<ServerResponse>();
  let closing: Promise<void> | undefined;
  let onIdle = (): void => {};

  const server = createServer((message, response) => {
    inFlight.add(response);
    response.once('close', () => {
      inFlight.delete(response);
      if (inFlight.size === 0) onIdle();
    });
    respond(handler, message)
      .then((answer) => write(response, answer, closing !== undefined))
      .catch((error: unknown) => giveUp(message, response, error));
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: options.host, port: options.port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;

  const shutDown = async (): Promise<void> => {
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
};
