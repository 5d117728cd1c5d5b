import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What must not be shown: what was sent, and what the broken responses hold. */
export const secrets = {
  clientId: 'client-1',
  clientSecret: 'kTqW"zRbN-cHdXpLmV:fJgYsA',
  bearer: 'bearer-Zx71-Kq83-Lm20-Vt55',
  sessionToken: 'sess-5XkP2m-Qw9eRt',
  vendorData: 'Ottoline Vendor, Gracechurch 7731',
  name: 'Philippa Quennell',
  email: 'pquennell@example.com',
  street: 'Calle Mayor 5',
  received: 'received-8b1f-77aa-token',
};

const { name, email, street, received } = secrets;
const person = `${name} <${email}>, ${street}, ${received}`;
const body = JSON.stringify({ session_id: 's-1', access_token: received, user_data: { name, email, street } });

const ok = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const failed = 'HTTP/1.1 500 No\r\ncontent-type: application/json\r\n';
const chunk = `${body.length.toString(16)}\r\n${body}\r\n`;

/** Every way to break a response, each with a person's data and a token in the bytes. */
export const shapes: Readonly<Record<string, (socket: Socket) => void>> = {
  'a header line without a colon': endingWith(`${ok}${person}\r\n\r\n${body}`),
  'a space in a header name': endingWith(`${ok}x ${name}: ${received}\r\n\r\n${body}`),
  'a control character in a header value': endingWith(`${ok}x-person: ${person}\u0001\r\n\r\n${body}`),
  'no HTTP': endingWith(body),
  'another protocol': endingWith(`SSH-2.0-${person}\r\n`),
  'a status that is a string': endingWith(`HTTP/1.1 ${person}\r\n\r\n${body}`),
  'another version': endingWith(`HTTP/9.9 200 ${person}\r\n\r\n${body}`),
  'a length that is a string': endingWith(`${ok}content-length: ${person}\r\n\r\n${body}`),
  'two lengths': endingWith(`${ok}content-length: 5\r\ncontent-length: 900\r\n\r\n${body}`),
  'a length beside chunks': endingWith(`${ok}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n${body}`),
  'bare line feeds': endingWith(`${ok}x-person: ${person}\r\n\r\n${body}`.replaceAll('\r\n', '\n')),
  'a bare carriage return': endingWith(`${ok}x-person: ${person}\rx-other: 1\r\n\r\n${body}`),
  'headers that are too large': endingWith(`${ok}x-person: ${`${person} `.repeat(400)}\r\n\r\n${body}`),
  'more after the end': endingWith(`${sized(ok, 2)}{}${body}`),
  'an upgrade': endingWith(`HTTP/1.1 101 ${name}\r\nupgrade: ${received}\r\nconnection: upgrade\r\n\r\n${body}`),
  'a bad first chunk, of a 200': endingWith(`${chunked(ok)}${person}\r\n${body}`),
  'a bad first chunk, of a 500': endingWith(`${chunked(failed)}${person}\r\n${body}`),
  'a bad chunk later, of a 200': inTwo(`${chunked(ok)}${chunk}`, `${person}\r\n${body}`),
  'a bad chunk later, of a 500': inTwo(`${chunked(failed)}${chunk}`, `${person}\r\n${body}`),
  'a chunk that is longer than it says': inTwo(`${chunked(ok)}3\r\n`, body),
  'a body cut short, of a 200': inTwo(sized(ok, 9_000), body),
  'a body cut short, of a 500': inTwo(sized(failed, 9_000), body),
  'chunks cut short': inTwo(chunked(ok), chunk),
  'a reset within the body': (socket) => {
    socket.write(`${sized(ok, 9_000)}${body}`);
    setTimeout(() => socket.resetAndDestroy(), 15);
  },
  'a body that is not gzip': endingWith(`${sized(`${ok}content-encoding: gzip\r\n`, body.length)}${body}`),
  'no JSON': endingWith(`${sized(ok, person.length)}${person}`),
  'JSON cut short': endingWith(`${sized(ok, body.length - 1)}${body.slice(0, -1)}`),
  'no UTF-8': (socket) => {
    socket.write(sized(ok, body.length + 1));
    socket.end(Buffer.concat([Buffer.from(body), Buffer.from([0xff])]));
  },
  'a broken contract': endingWith(
    sized(ok, body.length) + body.replace('s-1', name).replace('session_id', 'sessionId'),
  ),
};

/** A service whose paths say which part of it is broken, and how: `/api/SHAPE/…` or `/token/SHAPE/…`. */
export async function startBrokenService(): Promise<{ readonly url: string } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', (data) => answer(socket, data.toString('latin1')));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function sized(head: string, length: number) {
  return `${head}content-length: ${length}\r\n\r\n`;
}

function chunked(head: string) {
  return `${head}transfer-encoding: chunked\r\n\r\n`;
}

function endingWith(text: string) {
  return (socket: Socket) => void socket.end(text);
}

/** Writes one text, and the next a moment later, so that the first has been read by then. */
function inTwo(first: string, second: string) {
  return (socket: Socket) => {
    socket.write(first);
    setTimeout(() => socket.end(second), 15);
  };
}

function answer(socket: Socket, request: string): void {
  const [, part = '', shape = '', path = ''] = /^\w+ \/(\w+)\/([^/]+)(\S*)/.exec(request) ?? [];
  if (part === 'api' && path === '/auth/v2/token/') {
    const issued = JSON.stringify({ access_token: secrets.bearer, expires_in: 86_400 });
    socket.end(`${sized(`${ok}connection: close\r\n`, issued.length)}${issued}`);
    return;
  }
  shapes[decodeURIComponent(shape)]?.(socket);
}
