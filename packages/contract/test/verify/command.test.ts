import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@didit-data/client';
import { createContractReport } from '@didit-data/client/report';
import { type Mock, startMock } from '@didit-data/mock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runVerify } from '../../src/verify/command.ts';
import { locateTraffic } from '../../src/verify/traffic.ts';
import { verify } from '../../src/verify/verify.ts';
import { contract, lineText } from './contract.ts';
import { inJson, type Plant, servePlanted } from './planted-server.ts';

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

/** Runs the command as a person does. */
function runCli(args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const clean = { PATH: process.env.PATH, ...env };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [cli, ...args], { env: clean }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
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
    [/--url is no URL/, ['--url', 'apx.didit.me'], credentials],
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
    [/do not go together/, ['--url', 'https://apx.didit.me', '--report', 'x.json'], credentials],
    [/cannot be read/, ['--report', 'no-such-file.json'], {}],
    [/^Usage: /, ['--url', 'https://apx.didit.me', 'hidden-part'], credentials],
    [/^Usage: /, ['--uri', 'hidden-part'], credentials],
  ])('%s is said, and nothing is sent', async (message, args, environment) => {
    const { exitCode, errors, output } = await runVerify(args, environment);
    expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
    expect(errors).toMatch(message);
    expect(errors).not.toContain('hidden-part');
  });

  test('says how it is used', async () => {
    expect(await runVerify(['--help'], {})).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^Usage: /) });
  });
});

describe('a report of traffic', () => {
  const decision = (alter: Parameters<typeof inJson>[0]): Record<string, Plant> => ({
    getSessionDecision: inJson(alter),
  });

  /** What the client's hook reports of one decision that was altered on its way. */
  async function reportOf(plants: Record<string, Plant>) {
    await using server = await servePlanted(plants);
    const { clientId, clientSecret } = server.mock;
    const report = createContractReport();
    const didit = createClient({
      baseUrl: server.url,
      clientId,
      clientSecret,
      validation: 'report',
      hooks: report.hooks,
    });
    const session = await didit.sessions.create({ scope: ['names', 'email', 'phone', 'address'] });
    await didit.sessions.decision(session);
    const target = { baseUrl: server.url, credentials: { clientId, clientSecret }, write: true, timeoutMs: 10_000 };
    return { report, verified: await verify(contract, target) };
  }

  test.each<[string, Record<string, Plant>]>([
    ['a wrong type', decision((body) => void Object.assign(body.user_data.email, { is_verified: 'yes' }))],
    ['a missing member', decision((body) => void delete body.status)],
    ['a missing member deeper down', decision((body) => void delete body.user_data.sub)],
    ['an object that is a text', decision((body) => void Object.assign(body, { user_data: 'x' }))],
    ['an open object that is a text', decision((body) => void Object.assign(body.user_data, { gender: 'x' }))],
    ['a text that is null', decision((body) => void Object.assign(body, { session_id: null }))],
    ['a status that is a number', decision((body) => void Object.assign(body, { status: 1 }))],
    ['no object at all', decision(() => [])],
  ])('names the same rule and line as a run does: %s', async (_, plants) => {
    const { report, verified } = await reportOf(plants);
    const places = ({ deviations }: typeof verified) =>
      deviations.map(({ operation, status, kind, at, contract }) => ({ operation, status, kind, at, contract }));
    expect(verified.deviations).toHaveLength(1);
    expect(places(locateTraffic(contract, JSON.stringify(report)))).toEqual(places(verified));
  });

  test('is read from a file by the command', async () => {
    const { report } = await reportOf(decision((body) => void delete body.status));
    const directory = await mkdtemp(join(tmpdir(), 'didit-report-'));
    try {
      const file = join(directory, 'report.json');
      await writeFile(file, JSON.stringify(report));
      const { output, exitCode } = await runVerify(['--report', file], {});
      expect(exitCode).toBe(1);
      expect(output).toContain(`${report}\n  contract: openapi/didit-data.yaml:`);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test.each<[string, RegExp]>([
    ['{', /is no JSON/],
    ['{}', /none of the client's: .*contractVersion/],
    [
      JSON.stringify({ contractVersion: '99.0.0', deviations: [] }),
      /is of contract 99\.0\.0.*Check out version 99\.0\.0/,
    ],
  ])('%s is refused', (text, message) => {
    expect(() => locateTraffic(contract, text)).toThrow(message);
  });

  test('of places that the contract does not have leads to the nearest that it has', () => {
    const deviation = { status: 200, kind: 'wrong-type', at: '/no/such', message: 'must be string', times: 1 };
    const pointers = ['getSessionDecision', 'noSuchOperation'].map((operation) => {
      const text = JSON.stringify({
        contractVersion: contract.document.info.version,
        deviations: [{ ...deviation, operation }],
      });
      return locateTraffic(contract, text).deviations[0]?.contract.pointer;
    });
    expect(pointers).toEqual(['#/components/schemas/Decision/type', '#/paths']);
  });
});
