import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startMock } from '../src/index.ts';
import { run, running } from './cli-runner.ts';
import { basic } from './helpers.ts';

test('the banner can be pasted into a shell; SIGTERM exits with 0', async () => {
  const cli = run('--port', '0', '--client-id', 'shop', '--client-secret', "it's", '--scenario', 'declined');
  const url = await running(cli);
  expect(cli.output.text).toContain(
    `DIDIT_BASE_URL=${url.origin}\nDIDIT_CLIENT_ID=shop\nDIDIT_CLIENT_SECRET='it'\\''s'\n`,
  );
  expect(cli.output.text).toContain(
    `curl -u 'shop:it'\\''s' -d grant_type=client_credentials ${url.origin}/auth/v2/token/`,
  );
  expect(cli.output.text).toMatch(/scenario +declined/);
  const response = await fetch(`${url.origin}/auth/v2/token/`, {
    method: 'POST',
    headers: { authorization: basic('shop', "it's"), 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });
  expect(response.status).toBe(200);
  const printed = cli.output.text;
  cli.child.kill('SIGTERM');
  expect(await cli.exit).toBe(0);
  expect([cli.output.text, cli.output.errors]).toEqual([printed, '']); // requests and their secrets are not logged
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s finishes the requests in flight', async (signal) => {
  const cli = run('--port', '0');
  const url = await running(cli);
  const body = 'grant_type=client_credentials';
  const socket = connect(Number(url.port), url.hostname);
  await once(socket, 'connect');
  socket.write(
    `POST /auth/v2/token/ HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic('didit-mock-client', 'didit-mock-secret')}\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  cli.child.kill(signal);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(cli.child.exitCode).toBeNull();
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.write(body);
  expect(await cli.exit).toBe(0);
  expect(text).toMatch(/^HTTP\/1\.1 200 /);
});

test('a port in use: a clear message and exit code 1', async () => {
  await using mock = await startMock();
  const cli = run('--port', String(mock.port));
  expect(await cli.exit).toBe(1);
  expect(cli.output.errors).toBe(
    `didit-data-mock: Port ${mock.port} on 127.0.0.1 is in use. Choose another one with --port, or --port 0 for a free one.\n`,
  );
  expect(cli.output.text).toBe('');
});

test.each([
  [['--prot', '1'], /--prot/],
  [['--port', 'x'], /--port must be/],
  [['--port', '65536'], /port must be/],
  [['--port'], /--port/],
  [['--scenario', 'nope'], /--scenario must be one of: confirmed/],
  [['--client-id', 'a:b'], /colon/],
  [['--client-secret', ''], /clientSecret/],
  [['extra'], /extra/],
])('%j: a message and exit code 2', async (args, message) => {
  const cli = run(...args);
  expect(await cli.exit).toBe(2);
  expect(cli.output.errors).toMatch(message);
  expect(cli.output.errors).not.toMatch(/ at .*:\d+/); // no stack
});

test('--help and --version', async () => {
  const [help, version] = [run('--help'), run('--version')];
  expect([await help.exit, await version.exit]).toEqual([0, 0]);
  expect(help.output.text).toMatch(/--port <number>.*--quiet/s);
  expect(version.output.text).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
});

test('--quiet prints nothing', async () => {
  await using free = await startMock();
  const port = free.port;
  await free.close();
  const cli = run('--quiet', '--port', String(port));
  for (;;) {
    const up = await fetch(`http://127.0.0.1:${port}/__mock/health`).catch(() => undefined);
    if (up?.status === 200) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  cli.child.kill('SIGTERM');
  expect([await cli.exit, cli.output.text, cli.output.errors]).toEqual([0, '', '']);
});
