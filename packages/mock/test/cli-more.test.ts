import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startMock } from '../src/index.ts';
import { type Cli, run, running } from './cli-runner.ts';
import { basic, form } from './helpers.ts';

const installed = createRequire(import.meta.url).resolve('@didit-data/openapi/didit-data.yaml');

test.concurrent('--seed chooses the people', async () => {
  const person = async (...args: string[]): Promise<unknown> => {
    const cli = run('--port', '0', ...args);
    const { origin } = await running(cli);
    const headers = { 'x-api-key': 'didit-mock-secret', 'content-type': 'application/json' };
    const body = JSON.stringify({ scope: 'names' });
    const created = await fetch(`${origin}/auth/v2/session`, { method: 'POST', headers, body });
    const { session_id } = (await created.json()) as { session_id: string };
    const decision = await fetch(`${origin}/auth/v2/session/${session_id}/decision/`, { headers });
    cli.child.kill('SIGTERM');
    await cli.exit;
    return ((await decision.json()) as { user_data: unknown }).user_data;
  };
  const [usual, spring, again] = await Promise.all([person(), person('--seed', 'spring'), person('--seed', 'spring')]);
  expect(spring).toEqual(again);
  expect(spring).not.toEqual(usual);
});

test.concurrent('--json prints one line for each event, without secrets; --client several times; --fault; --coverage', async () => {
  const cli = run(
    ...['--json', '--port', '0', '--coverage', '--client', 'shop:s:e:60', '--client', 'other:secret'],
    ...['--fault', 'getSessionDecision:status=503,times=1,header=Retry-After: 3', '--control-token', 'sesame'],
  );
  await until(() => cli.output.text.includes('\n'));
  const [{ url, clientIds } = {}] = eventsOf(cli);
  expect(clientIds).toEqual(['shop', 'other']);
  expect(await (await token(`${url}`, 'shop', 's:e')).json()).toMatchObject({ expires_in: 60 });
  expect(await (await token(`${url}`, 'other', 'secret')).json()).toMatchObject({ expires_in: 86_400 });
  const fault = await fetch(`${url}/auth/v2/session/a/decision/`);
  expect([fault.status, fault.headers.get('retry-after')]).toEqual([503, '3']);
  expect((await fetch(`${url}/auth/v2/session/a/decision/`)).status).toBe(403);
  expect((await fetch(`${url}/__mock/state`)).status).toBe(401);
  expect((await fetch(`${url}/__mock/state`, { headers: { authorization: 'Bearer sesame' } })).status).toBe(200);
  cli.child.kill('SIGTERM');
  expect(await cli.exit).toBe(0);
  expect(eventsOf(cli)).toMatchObject([
    { event: 'listening', scenario: 'confirmed' },
    { event: 'request', operationId: 'issueToken', status: 200 },
    { event: 'request', operationId: 'issueToken', status: 200 },
    { event: 'request', operationId: 'getSessionDecision', status: 503, fault: 'status' },
    { event: 'request', operationId: 'getSessionDecision', status: 403 },
    { event: 'coverage', covered: 3 },
    { event: 'closed' },
  ]);
  expect(cli.output.text).not.toMatch(/s:e|secret"|sesame/);
});

test.concurrent.each([
  ['1', 0],
  ['80', 1],
])('--coverage-min %s: a table, and exit code %i', async (least, code) => {
  const cli = run('--port', '0', '--coverage-min', least);
  const { origin } = await running(cli);
  await token(origin, 'didit-mock-client', 'didit-mock-secret');
  cli.child.kill('SIGTERM');
  expect(await cli.exit).toBe(code);
  expect(cli.output.text).toMatch(/issueToken +200 ×1 +400 · .*Contract coverage: 1 of \d+ answers, \d/s);
  expect(cli.output.errors).toMatch(code === 0 ? /^$/ : /coverage is \d.* below 80 %/);
});

test.concurrent('--watch serves a change, and reports a broken contract and keeps the previous one', async ({
  onTestFinished,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'didit-mock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(dirname(installed), folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  const contract = join(folder, 'didit-data.yaml');
  const text = readFileSync(contract, 'utf8');
  const cli = run('--port', '0', '--contract', contract, '--watch');
  const { origin } = await running(cli);
  const status = async () => (await fetch(`${origin}/auth/v9/session/a/status/`)).status;
  expect(await status()).toBe(404);

  writeFileSync(contract, 'openapi: 3.1.0\n  paths: [');
  await until(() => cli.output.errors.includes('keeps the previous contract'));
  expect(cli.output.errors).toContain(contract);
  expect((await fetch(`${origin}/auth/v2/session/a/status/`)).status).toBe(403);

  writeFileSync(contract, text.replaceAll('/auth/v2/', '/auth/v9/'));
  await until(async () => (await status()) === 401);
  expect(cli.output.text).toContain('The contract was read again.');
  cli.child.kill('SIGTERM');
  expect(await cli.exit).toBe(0);
});

test.concurrent.each([
  [['--client', 'a'], 2, /id:secret/],
  [['--fault', 'nope:reset', '--port', '0'], 2, /no operation nope/],
  [['--contract', ''], 2, /contract must not be empty/],
  [['--contract', '/nowhere/at-all.yaml'], 1, /Cannot read \/nowhere\/at-all\.yaml/],
])('%j: exit code %i and a message', async (args, code, message) => {
  const cli = run(...args);
  expect(await cli.exit).toBe(code);
  expect(cli.output.errors).toMatch(message);
  expect(cli.output.errors).not.toMatch(/ at .*:\d+/); // no stack
});

test('--host [::1]', async () => {
  const cli = run('--port', '0', '--host', '[::1]');
  const { origin } = await running(cli);
  expect(origin).toMatch(/^http:\/\/\[::1\]:/);
  expect((await fetch(`${origin}/__mock/health`)).status).toBe(200);
});

test('--quiet prints only errors, also with --json, --coverage and a contract with warnings', async () => {
  const free = await startMock();
  await free.close();
  const contract = fileURLToPath(new URL('fixtures/gallery.yaml', import.meta.url));
  const quiet = ['--quiet', '--json', '--coverage', '--contract', contract];
  const cli = run(...quiet, '--port', String(free.port));
  await until(async () => (await fetch(`${free.url}/shows`).catch(() => undefined))?.status === 401);
  cli.child.kill('SIGTERM');
  expect([await cli.exit, cli.output.text, cli.output.errors]).toEqual([0, '', '']);
  const failing = run(...quiet, '--port', '70000');
  expect([await failing.exit, failing.output.text]).toEqual([2, '']);
  expect(failing.output.errors).toMatch(/port must be/);
});

test('a warning about a contract is a line on standard error', async () => {
  const contract = fileURLToPath(new URL('fixtures/gallery.yaml', import.meta.url));
  const cli = run('--port', '0', '--contract', contract);
  await running(cli);
  const lines = cli.output.errors.split('\n').filter((line) => line.includes('documents no 401'));
  expect(lines).toEqual([
    expect.stringMatching(/^didit-data-mock: The contract documents no 401 for listOpeningHours,/),
  ]);
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('Not within 15 s');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function eventsOf({ output }: Cli): Record<string, unknown>[] {
  return output.text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

function token(origin: string, id: string, secret: string) {
  return fetch(`${origin}/auth/v2/token/`, {
    method: 'POST',
    headers: { ...form, authorization: basic(id, secret) },
    body: 'grant_type=client_credentials',
  });
}
