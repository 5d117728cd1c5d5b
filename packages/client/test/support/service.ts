import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from 'node:net';

/** A server on loopback that misbehaves on demand. */
export interface Service {
  readonly url: string;
  /** How many connections are open. */
  open(): number;
  /** How many of them something is under way on. */
  busy(): number;
  close(): Promise<void>;
}

/** Answers HTTP requests. */
export async function serve(answer: RequestListener): Promise<Service> {
  const busy = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    busy.add(response);
    response.once('close', () => busy.delete(response));
    answer(request, response);
  });
  return { ...(await listening(server)), busy: () => busy.size };
}

/** Answers every connection by hand, once a whole request is there. */
export async function serveSockets(answer: (socket: Socket, request: string) => void): Promise<Service> {
  const busy = new Set<Socket>();
  const server = createSocketServer((socket) => {
    socket.on('error', () => {});
    socket.on('close', () => busy.delete(socket));
    socket.on('data', (data) => {
      busy.add(socket);
      answer(socket, data.toString('latin1'));
    });
  });
  return { ...(await listening(server)), busy: () => busy.size };
}

/** An address that nothing listens on. */
export async function closedPort(): Promise<string> {
  const { url, close } = await serve(() => {});
  await close();
  return url;
}

export function sendJson(response: ServerResponse, body: unknown, status = 200, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Writes for as long as the client reads. @returns how much was written, in bytes */
export function pour(response: ServerResponse, most = Number.POSITIVE_INFINITY): () => number {
  const chunk = Buffer.alloc(64 * 1024, '[');
  let written = 0;
  const more = () => {
    while (!response.destroyed && written < most) {
      written += chunk.byteLength;
      if (!response.write(chunk)) return void response.once('drain', more);
    }
    response.end();
  };
  more();
  return () => written;
}

export function isToken(request: IncomingMessage) {
  return request.url === '/auth/v2/token/';
}

async function listening(server: Server): Promise<Omit<Service, 'busy'>> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
