import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Mock, startMock } from '@didit-data/mock';

/** A mock of its own for one program, and a server beside it that the program can ask to revoke the mock's tokens. */
export interface Stage extends AsyncDisposable {
  /** The server: it serves the page, and passes on what it does not know to the mock, so that a page needs no CORS. */
  readonly url: string;
  /** What the smoke program needs. */
  readonly settings: Settings;
}

export interface Settings {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly revokeUrl: string;
}

export interface StageOptions {
  /** What the page runs; nothing when left out. */
  readonly script?: string;
  /** Starts the mock; the workspace's own when left out. */
  readonly start?: typeof startMock;
}

export async function startStage({ script = '', start }: StageOptions = {}): Promise<Stage> {
  const mock = await (start ?? (await import('@didit-data/mock')).startMock)({ port: 0 });
  const server = createServer((request, response) => {
    const answer = answerOf(request, response, mock, script);
    answer.catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { clientId, clientSecret } = mock;
  return {
    url,
    settings: { baseUrl: mock.url, clientId, clientSecret, revokeUrl: `${url}/revoke` },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await mock.close();
    },
  };
}

async function answerOf(request: IncomingMessage, response: ServerResponse, mock: Mock, script: string): Promise<void> {
  switch (request.url) {
    case '/revoke':
      mock.tokens.revokeAll();
      response.writeHead(204).end();
      return;
    case '/':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><script src="/page.js"></script>');
      return;
    case '/page.js':
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
      return;
    case '/favicon.ico':
      response.writeHead(204).end();
      return;
    default:
      await passOn(request, response, mock.url);
  }
}

async function passOn(request: IncomingMessage, response: ServerResponse, to: string): Promise<void> {
  const { host, connection, 'content-length': length, ...headers } = request.headers;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const answer = await fetch(to + request.url, {
    method: request.method ?? 'GET',
    headers: headers as Record<string, string>,
    redirect: 'manual',
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
  response.end(Buffer.from(await answer.arrayBuffer()));
}
