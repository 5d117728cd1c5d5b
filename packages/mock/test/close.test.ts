import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { type Mock, startMock } from '../src/index.ts';
import { basic, send } from './helpers.ts';

const body = 'grant_type=client_credentials';

test('finishes requests in flight, refuses new connections, ends idle ones', async () => {
  const mock = await startMock();
  await send(mock, '/__mock/health'); // leaves an idle connection of fetch behind
  const socket = await halfRequest(mock);
  const answer = everything(socket);
  await new Promise((resolve) => setTimeout(resolve, 50));

  let closed = false;
  const closing = mock.close().then(() => {
    closed = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(closed).toBe(false);
  await expect(fetch(`${mock.url}/__mock/health`)).rejects.toThrow();

  const begun = Date.now();
  socket.write(body);
  const text = await answer;
  expect(text).toMatch(/^HTTP\/1\.1 200 .*connection: close.*"access_token"/is);
  await closing;
  expect(Date.now() - begun).toBeLessThan(1000);
});

test('a connection without a request does not delay close', async () => {
  const mock = await startMock();
  const socket = connect(mock.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write('GET /__mock/health HTT');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const ended = everything(socket).catch(() => '');
  const begun = Date.now();
  await mock.close();
  expect(await ended).toBe('');
  expect(Date.now() - begun).toBeLessThan(1000);
});

test('close ends an endless request after 5 s', async () => {
  const mock = await startMock();
  const socket = await halfRequest(mock);
  const ended = everything(socket).catch(() => '');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const begun = Date.now();
  await mock.close();
  await ended;
  expect(Date.now() - begun).toBeGreaterThan(4_500);
  expect(Date.now() - begun).toBeLessThan(7_000);
});

test('close can be called several times; await using calls it', async () => {
  let url: string;
  {
    await using mock = await startMock();
    url = mock.url;
    expect((await fetch(`${url}/__mock/health`)).status).toBe(200);
    await Promise.all([mock.close(), mock.close()]);
  }
  await expect(fetch(`${url}/__mock/health`)).rejects.toThrow();
});

/** A token request whose body has not been sent yet. */
async function halfRequest(mock: Mock): Promise<Socket> {
  const socket = connect(mock.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    `POST /auth/v2/token/ HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(mock.clientId, mock.clientSecret)}\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  return socket;
}

async function everything(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}
