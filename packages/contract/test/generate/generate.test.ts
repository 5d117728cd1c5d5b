import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stampVersion } from '../../src/document/version.ts';
import { ContractError } from '../../src/errors.ts';
import { findDrift } from '../../src/generate/drift.ts';
import { generate, writeGenerated } from '../../src/generate/generate.ts';
import { contractFile, generatedDirectory } from '../../src/repository/paths.ts';

let directory: string;
let contract: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'didit-contract-'));
  await cp(dirname(contractFile), join(directory, 'openapi'), { recursive: true });
  contract = join(directory, 'openapi/didit-data.yaml');
});
afterEach(() => rm(directory, { recursive: true }));

describe('the committed code', () => {
  test('matches the contract', async () => {
    expect(await findDrift(await generate(contractFile), generatedDirectory)).toEqual([]);
  });

  test('names the command that makes it, in every file', async () => {
    for (const [, text] of await generate(contractFile)) expect(text).toContain('`pnpm contract generate`');
  });

  test('needs nothing at run time and evaluates nothing', async () => {
    const code = (await generate(contractFile)).get('validators.js') ?? '';
    expect(code).not.toMatch(/\brequire\(|^import |\beval\(|new Function/m);
  });
});

describe('drift', () => {
  let generated: string;
  beforeEach(async () => {
    generated = join(directory, 'generated');
    await writeGenerated(await generate(contract), generated);
    expect(await findDrift(await generate(contract), generated)).toEqual([]);
  });

  test.each([
    ['a comment', 'openapi: 3.1.0', '# edited\nopenapi: 3.1.0'],
    ['a description', 'Unique identifier of the session.', 'Identifier of the session.'],
    ['a type', /is_verified:\n {10}type: \[boolean, "null"\]/, 'is_verified:\n          type: [string, "null"]'],
  ])('is found after an edit of %s in the contract, and gone after generate', async (_, from, to) => {
    await edit(contract, from, to);
    const drift = await findDrift(await generate(contract), generated);
    expect(drift).toContain('openapi.ts: differs from the contract');
    await writeGenerated(await generate(contract), generated);
    expect(await findDrift(await generate(contract), generated)).toEqual([]);
  });

  test('is found after an edit of a generated file, a lost one and a foreign one', async () => {
    await edit(join(generated, 'openapi.ts'), 'session_id: string', 'session_id: number');
    await rm(join(generated, 'contract.ts'));
    await writeFile(join(generated, 'extra.ts'), '');
    expect(await findDrift(await generate(contract), generated)).toEqual([
      'contract.ts: missing',
      'extra.ts: does not belong here',
      'openapi.ts: differs from the contract',
    ]);
    await writeGenerated(await generate(contract), generated);
    expect(await findDrift(await generate(contract), generated)).toEqual([]);
  });
});

test('validators say where and which rule, and carry nothing else', async () => {
  const code = (await generate(contract)).get('validators.js') ?? '';
  const file = join(directory, 'validators.mjs');
  await writeFile(file, code);
  const { getSessionDecision: validate } = await import(file);
  expect(validate({ session_id: 's', status: 'Anything', unknown: 1 })).toBe(true);
  expect(validate({ session_id: '', user_data: { sub: 's', email: { is_verified: 'yes' }, gender: null } })).toBe(
    false,
  );
  expect(validate.errors).toEqual([
    { instancePath: '', keyword: 'required', message: "must have required property 'status'" },
    { instancePath: '/session_id', keyword: 'minLength', message: 'must NOT have fewer than 1 characters' },
    { instancePath: '/user_data/email/is_verified', keyword: 'type', message: 'must be boolean,null' },
  ]);
});

test('the same contract always has the same generated code', async () => {
  expect(await generate(contract)).toEqual(await generate(contract));
});

test('line ends do not matter', async () => {
  const before = await generate(contract);
  await edit(contract, /\n/g, '\r\n');
  expect(await generate(contract)).toEqual(before);
});

test('open enums keep their literals and stay open', async () => {
  const types = (await generate(contract)).get('openapi.ts') ?? '';
  expect(types).toMatch(/SessionStatus:\s+\| 'initialized'[^;]*\| \(string & Record<never, never>\);/);
});

test('the version of the package is stamped into the contract', async () => {
  await edit(join(directory, 'openapi/package.json'), /"version": ".*"/, '"version": "7.8.9"');
  expect(await stampVersion(contract)).toBe('7.8.9');
  expect((await generate(contract)).get('contract.ts')).toContain("contractVersion: string = '7.8.9'");
});

describe('a contract that is not sound', () => {
  test('with a syntax error is refused, naming the file', async () => {
    await edit(contract, 'info:', 'info: [');
    const error = await generate(contract).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ContractError);
    expect(String(error)).toMatch(/didit-data\.yaml/);
  });

  test('with a broken reference is refused, naming file and line', async () => {
    await edit(contract, '"#/components/schemas/Decision"', '"#/components/schemas/Decisions"');
    const error = await generate(contract).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ContractError);
    expect(String(error)).toMatch(/didit-data\.yaml:\d+:\d+/);
  });

  test('that is missing is refused, naming the file', async () => {
    const error = await generate(join(directory, 'none.yaml')).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ContractError);
    expect(String(error)).toMatch(/none\.yaml/);
  });
});

async function edit(file: string, from: string | RegExp, to: string) {
  const text = await readFile(file, 'utf8');
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  await writeFile(file, edited);
}
