import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Workspace } from '../support/workspace.ts';

const contract = 'openapi/didit-data.yaml';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
});
afterEach(() => workspace.restore());
afterAll(() => workspace.remove());

interface Case {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** How the message begins: file and line. */
  readonly place: RegExp;
  readonly remedy: string;
}

const cases: readonly Case[] = [
  {
    name: 'a syntax error',
    file: contract,
    from: '\ninfo:\n',
    to: '\ninfo: [\n',
    place: /^openapi\/didit-data\.yaml:5:10: the contract is not YAML: missed comma/,
    remedy: 'Correct the syntax there',
  },
  {
    name: 'a broken reference',
    file: contract,
    from: '$ref: "#/components/schemas/Decision"',
    to: '$ref: "#/components/schemas/Decisions"',
    place: /^openapi\/didit-data\.yaml:214:17: Can't resolve \$ref/,
    remedy: 'Correct the reference, or add what it names.',
  },
  {
    name: 'a reference to an example file that is not there',
    file: contract,
    from: 'examples/token.bearer.json',
    to: 'examples/token.none.json',
    place: /^openapi\/didit-data\.yaml:71:19: Can't resolve \$ref/,
    remedy: 'Correct the reference, or add what it names.',
  },
  {
    name: 'an operationId used twice',
    file: contract,
    from: 'operationId: getSessionStatus',
    to: 'operationId: createSession',
    place: /^openapi\/didit-data\.yaml:148:7: Every operation must have a unique `operationId`/,
    remedy: 'Give this operation an operationId of its own',
  },
  {
    name: 'an example that breaks its schema',
    file: 'openapi/examples/decision.confirmed.json',
    from: '"session_number": 12345',
    to: '"session_number": "x"',
    place: /^openapi\/examples\/decision\.confirmed\.json:6:23: Example value must conform to the schema/,
    remedy: 'Correct the example, or the schema that it breaks.',
  },
  {
    name: 'an example that is not JSON',
    file: 'openapi/examples/decision.confirmed.json',
    from: '"session_number": 12345,',
    to: '"session_number": 12345,,',
    place: /^openapi\/examples\/decision\.confirmed\.json:6:29: Failed to parse/,
    remedy: 'Correct the syntax there, or just before it.',
  },
  {
    name: 'a misspelt keyword',
    file: contract,
    from: 'required: [session_id, session_token, url]',
    to: 'requird: [session_id, session_token, url]',
    place: /^openapi\/didit-data\.yaml:536:7: Property `requird` is not expected here/,
    remedy: 'Did you mean: required',
  },
  {
    name: 'an operation without a name',
    file: contract,
    from: '      operationId: getSessionStatus\n',
    to: '',
    place: /^openapi\/didit-data\.yaml:\d+:5: Operation object should contain `operationId` field/,
    remedy: 'Give this operation an operationId',
  },
  {
    name: 'a discriminator without mapping',
    file: contract,
    from: '    ErrorBody:\n',
    to: '    ErrorBody:\n      discriminator:\n        propertyName: kind\n',
    place: /^openapi\/didit-data\.yaml:766:7: The discriminator has no `mapping`/,
    remedy: 'Name the schema of each value in `mapping`',
  },
];

test.each(cases)('$name ends with file, line and remedy, and leaves the tree as it was', async (bad) => {
  await workspace.edit(bad.file, bad.from, bad.to);
  const { code, stdout, stderr } = await workspace.contract('generate');
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(bad.place);
  expect(stderr).toContain(bad.remedy);
  expect(stderr).toContain('Then run: pnpm contract generate');
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(await workspace.changed()).toEqual([` M ${bad.file}`]);
});

test('a missing or empty contract is named in the message, and no directory is left', async () => {
  const temporary = await mkdtemp(join(tmpdir(), 'didit-test-'));
  try {
    await workspace.delete(contract);
    const diff = ['packages/contract/src/cli.ts', 'diff', '--against', 'HEAD'];
    const gone = await workspace.run(process.execPath, diff, { TMPDIR: temporary });
    expect(gone.stderr).toBe(`${contract} cannot be read. Restore it: git checkout -- ${contract}\n`);
    expect(await readdir(temporary)).toEqual([]);
    await workspace.write(contract, '');
    const empty = await workspace.contract('check');
    expect(empty.stderr).toContain(`${contract} is not a contract`);
    expect(empty.stderr).not.toContain('\u001b');
  } finally {
    await rm(temporary, { recursive: true });
  }
});

test('a reference to another file is refused, since one file is published', async () => {
  await workspace.write('openapi/parts.yaml', 'Status: { type: string, description: S. }\n');
  await workspace.edit(
    contract,
    '          $ref: "#/components/schemas/SessionStatus"',
    '          $ref: parts.yaml#/Status',
  );
  const text = await workspace.read(contract);
  await workspace.write(contract, text.replace(/ {4}SessionStatus:\n(?: {6}.*\n)+\n/, ''));
  const { code, stderr } = await workspace.contract('check');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^openapi\/didit-data\.yaml:\d+:11: parts\.yaml#\/Status is outside of the contract/m);
  expect(stderr).toContain('Move what it holds into the contract');
});

test('a version that somebody wrote by hand is reported', async () => {
  const text = await workspace.read(contract);
  await workspace.write(contract, text.replace(/^ {2}version: .*$/m, '  version: 7.0.0'));
  await workspace.expectContract('generate');
  const { code, stderr } = await workspace.contract('check');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^openapi\/didit-data\.yaml:5: info\.version is 7\.0\.0, and its package has \d/);
  expect(stderr).toContain('Run: pnpm contract stamp');
});

test.each([
  [
    'is not there',
    '',
    /^openapi\/package\.json cannot be read\. Restore it: git checkout -- openapi\/package\.json\n$/,
  ],
  ['is not JSON', '{ "version": }', /^openapi\/package\.json: Unexpected token .*\. Correct the syntax there\.\n$/],
])('a package.json that %s is named in the message', async (_, text, message) => {
  await (text === '' ? workspace.delete('openapi/package.json') : workspace.write('openapi/package.json', text));
  for (const command of ['check', 'stamp', 'diff']) {
    const { code, stderr } = await workspace.contract(command);
    expect({ command, code }).toEqual({ command, code: 1 });
    expect(stderr).toMatch(message);
  }
});

test('a bundled contract that was edited by hand is reported by check, and generate writes it again', async () => {
  await workspace.edit('openapi/openapi.json', '"title": "Didit Auth + Data API"', '"title": "Another"');
  const { code, stderr } = await workspace.contract('check');
  expect(code).toBe(1);
  expect(stderr).toBe(
    'openapi does not match the contract:\n  openapi.json: differs from the contract\nRun: pnpm contract generate\n',
  );
  await workspace.expectContract('generate');
  expect(await workspace.changed()).toEqual([]);
});

test('a file of yours in the generated directory is kept, and generating says so', async () => {
  const file = 'packages/client/src/generated/notes.ts';
  await workspace.write(file, '// mine\n');
  const { code, stderr } = await workspace.contract('generate');
  expect(code).toBe(1);
  expect(stderr).toContain(`  ${file}\n`);
  expect(stderr).toContain('then run: pnpm contract generate');
  expect(await workspace.changed()).toEqual([`?? ${file}`]);
});

test.each([
  [['help'], '<command>'],
  [['--help'], '<command>'],
  [['-h'], '<command>'],
  [['check', '--help'], 'check [options]'],
  [['help', 'diff'], 'diff [options]'],
])('%j prints the usage, which is not a failure', async (args, usage) => {
  const { code, stdout, stderr } = await workspace.contract(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`Usage: pnpm contract ${usage}\n`);
});

test.each([
  [[], 'A command is missing.', '<command>'],
  [['nonsense'], 'There is no such command.', '<command>'],
  [['chek'], 'There is no such command. (Did you mean check?)', '<command>'],
  [['check', '--all'], 'There is no such option.', 'check [options]'],
  [['stamp', '1.0.0'], 'There are too many arguments.', 'stamp [options]'],
  [['diff', '--json', '--markdown'], "Option '--markdown' cannot be used with option '--json'.", 'diff [options]'],
])('%j is answered with the problem and the usage', async (args, problem, usage) => {
  const { code, stdout, stderr } = await workspace.contract(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`${problem}\n\nUsage: pnpm contract ${usage}\n`);
});

test.each([
  [['--session-token=hidden-part', 'verify']],
  [['https://id:hidden-part@apx.didit.me']],
  [['verfy', '--session-token', 'hidden-part']],
  [['help', 'hidden-part']],
])('a secret in the wrong place is not quoted: %j', async (args) => {
  const { stdout, stderr } = await workspace.contract(...args);
  expect(stdout + stderr).toContain('Usage: pnpm contract');
  expect(stdout + stderr).not.toContain('hidden-part');
});
