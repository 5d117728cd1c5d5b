import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Mock, startMock } from '@didit-data/mock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runProgram } from '../../src/commands/program.ts';
import { lineText } from '../support/contract.ts';

const credentials = { DIDIT_CLIENT_ID: 'didit-mock-client', DIDIT_CLIENT_SECRET: 'didit-mock-secret' };
const cli = join(import.meta.dirname, '../../src/cli.ts');

let mock: Mock;
beforeEach(async () => {
  mock = await startMock();
});
afterEach(() => mock.close());

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('pnpm contract verify', () => {
  test('ends with 0 when nothing is found, and says what it has not seen', async () => {
    const { code, stdout, stderr } = await runCli(['verify', '--url', `${mock.url}/`], credentials);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Not seen to succeed:\n {2}createSession: needs --write/);
    expect(stdout).toMatch(/\n0 deviations from contract \S+ in \d+ answers of http:\/\/127\.0\.0\.1:\d+\.\n$/);
  });

  test('ends with 1 when it finds a deviation, and names operation, place, line and shape', async () => {
    mock.fault('getSessionStatus', { kind: 'schema-violation', times: 1 });
    const { code, stdout } = await runCli(['verify', '--url', mock.url, '--write'], credentials);
    expect(code).toBe(1);
    const [finding = '', place = '', around = '', asked = ''] = stdout.split('\n');
    expect(finding).toBe('getSessionStatus 200 /status: must be string, is an integer (wrong-type)');
    const [, line = ''] =
      /^ {2}contract: openapi\/didit-data\.yaml:(\d+) #\/components\/schemas\/Session/.exec(place) ?? [];
    expect(lineText(Number(line))).toBe('anyOf:');
    expect([around, asked]).toEqual(['  around:   { status: integer }', '  asked:    for the session created']);
    const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');
    const anyLine = (text: string) => text.replace(/(\.yaml:)\d+/g, '$1…');
    expect(anyLine(readme)).toContain(anyLine([finding, place, around, asked].join('\n')));
  });

  test('ends with 2 when it cannot reach the server, and says of which operation and what to do', async () => {
    await mock.close();
    const { code, stderr } = await runCli(['verify', '--url', mock.url], credentials);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^issueToken: no complete answer from http:\S+: ECONNREFUSED\. Check --url/);
  });

  test('prints the report as JSON', async () => {
    const { code, stdout } = await runCli(['verify', '--url', mock.url, '--json'], credentials);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ server: mock.url, deviations: [], failures: [] });
  });

  test.each<[RegExp, string[], Record<string, string>]>([
    [/--url is missing/, [], credentials],
    [/--url is not a URL/, ['--url', 'apx.didit.me'], credentials],
    [/--url must be https, or http on this machine/, ['--url', 'http://apx.didit.me'], credentials],
    [/--url must be https/, ['--url', 'ftp://127.0.0.1'], credentials],
    [/--url holds credentials/, ['--url', 'https://id:hidden-part@apx.didit.me'], credentials],
    [/--url has a query or a fragment/, ['--url', 'https://apx.didit.me?a=hidden-part'], credentials],
    [/There are no credentials/, ['--url', 'https://apx.didit.me'], {}],
    [/DIDIT_CLIENT_SECRET is missing/, ['--url', 'https://apx.didit.me'], { DIDIT_CLIENT_ID: 'id' }],
    [/DIDIT_CLIENT_ID is missing/, ['--url', 'https://apx.didit.me'], { DIDIT_CLIENT_SECRET: 'hidden-part' }],
    [/Keep one/, ['--url', 'https://apx.didit.me'], { ...credentials, DIDIT_API_KEY: 'hidden-part' }],
    [/a colon/, ['--url', 'https://apx.didit.me'], { ...credentials, DIDIT_CLIENT_ID: 'hidden-part:b' }],
    [/DIDIT_API_KEY must be visible ASCII/, ['--url', 'https://apx.didit.me'], { DIDIT_API_KEY: 'hidden-part ü' }],
    [/without --session/, ['--url', 'https://apx.didit.me', '--session-token', 'hidden-part'], credentials],
    [/--session must be the id/, ['--url', 'https://apx.didit.me', '--session', '../hidden-part'], credentials],
    [/--timeout must be/, ['--url', 'https://apx.didit.me', '--timeout', 'soon'], credentials],
    [/^There are too many arguments\.\n\nUsage: /, ['--url', 'https://apx.didit.me', 'hidden-part'], credentials],
    [
      /^There are too many arguments\.\n\nUsage: /,
      ['--url', 'https://apx.didit.me', '--', '--hidden-part'],
      credentials,
    ],
    [/^There is no such option\. \(Did you mean --url\?\)\n\nUsage: /, ['--uri', 'hidden-part'], credentials],
    [/^There is no such option\./, ['--sesion-token=hidden-part'], credentials],
    [/^There is no such option\./, ['--write=hidden-part'], credentials],
    [/^There is no such option\./, ['-hidden-part'], credentials],
    [/^There is no such option\./, ['--url', 'https://apx.didit.me', '--report', 'hidden-part'], credentials],
    [
      /^Option '--session-token <TOKEN>' argument missing\.\n\nUsage: /,
      ['--url', 'hidden-part', '--session-token'],
      credentials,
    ],
  ])('%s is said, and nothing is sent', async (message, args, environment) => {
    const { exitCode, errors, output } = await runProgram(['verify', ...args], environment);
    expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
    expect(errors).toMatch(message);
    expect(errors).not.toContain('hidden-part');
  });

  test('says how it is used', async () => {
    expect(await runProgram(['verify', '--help'], {})).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/^Usage: /),
    });
  });
});

/** Runs the command as a person does. */
function runCli(args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const clean = { PATH: process.env.PATH, ...env };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [cli, ...args], { env: clean }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}
