import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { ConnectionError, NotFoundError, TimeoutError } from '../../../src/index.ts';
import { closedPort } from '../../support/service.ts';
import { failure, type Trial } from '../../support/trial.ts';

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

/** Connections that never come about, break or say nothing. */
export function connectionFaults(trial: () => Trial): void {
  test('that is refused to the call is a ConnectionError that says so', async () => {
    const didit = trial().keyed(await closedPort());
    const members = { operation: 'getSessionDecision', refused: true };
    const error = await failure(didit.sessions.decision('s-1'), ConnectionError, members);
    expect(error.message).toContain('ECONNREFUSED');
  });

  test('that is refused to the token request names that operation', async () => {
    const didit = trial().client(await closedPort());
    await failure(didit.sessions.decision('s-1'), ConnectionError, { operation: 'issueToken', refused: true });
  });

  test.each<[string, (socket: Socket) => void]>([
    ['is reset before the headers', (socket) => socket.resetAndDestroy()],
    ['ends before the headers', (socket) => socket.end()],
    ['ends within the headers', (socket) => socket.end(head)],
    ['does not speak HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
    [
      'is reset within the body',
      (socket) => partOf(socket, 'content-length: 1000', '{"a', () => socket.resetAndDestroy()),
    ],
    ['ends within the body', (socket) => socket.end(`${head}content-length: 1000\r\n\r\n{"a`)],
    ['ends within a chunked body', (socket) => socket.end(`${head}transfer-encoding: chunked\r\n\r\n3\r\n{"a\r\n`)],
  ])('that %s is a ConnectionError', async (_, answer) => {
    const didit = await trial().againstSockets(answer);
    const members = { operation: 'getSessionDecision', refused: false };
    await failure(didit.sessions.decision('s-1'), ConnectionError, members);
  });

  test.each<[string, (socket: Socket) => void]>([
    ['before the headers', () => {}],
    ['within the headers', (socket) => socket.write(head)],
    ['within the body', (socket) => socket.write(`${head}content-length: 1000\r\n\r\n{"a`)],
    ['within a chunked body', (socket) => socket.write(`${head}transfer-encoding: chunked\r\n\r\n3\r\n{"a\r\n`)],
    ['within the body of an error', (socket) => socket.write('HTTP/1.1 500 Oh\r\ncontent-length: 9\r\n\r\n{')],
  ])('that hangs %s is a TimeoutError', async (_, answer) => {
    const didit = await trial().againstSockets(answer, { timeoutMs: 100 });
    const members = { operation: 'getSessionDecision', timeoutMs: 100 };
    await failure(didit.sessions.decision('s-1'), TimeoutError, members);
  });

  test.each<[string, (socket: Socket) => void]>([
    ['breaks off', (socket) => socket.end('HTTP/1.1 404 No\r\ncontent-length: 1000\r\n\r\n{"a')],
    [
      'hangs for longer than error bodies are waited for',
      (socket) => socket.write('HTTP/1.1 404 No\r\ncontent-length: 9\r\n\r\n{'),
    ],
  ])('whose error body %s keeps its status', async (_, answer) => {
    const didit = await trial().againstSockets(answer, { timeoutMs: 10_000 });
    await failure(didit.sessions.decision('s-1'), NotFoundError, { operation: 'getSessionDecision', status: 404 });
  });

  test('that hangs at the token request is a TimeoutError of that operation', async () => {
    const { url } = await trial().serve(() => {});
    const didit = trial().client(url, { timeoutMs: 100 });
    await failure(didit.sessions.decision('s-1'), TimeoutError, { operation: 'issueToken', timeoutMs: 100 });
  });
}

function partOf(socket: Socket, field: string, body: string, then: () => void): void {
  socket.write(`${head}${field}\r\n\r\n${body}`);
  setTimeout(then, 30); // so that what was written arrives first
}
