import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MockContractError, startMock } from '../src/index.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'didit mock '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['plain', 'parts/missing.yaml'],
  ['quoted, with a space and a pointer', "'parts/not there.yaml#/A'"],
  ['escaped', '"parts/not%20there.json"'],
])('a missing file of a $ref is named, with the line of the $ref: %s', async (_, ref) => {
  const contract = contractWith('missing.yaml', ref);
  const written = ref.replaceAll(/^['"]|['"]$/g, '');
  const target = join(folder, decodeURIComponent(written.split('#')[0] ?? ''));
  expect(await messageOf(contract)).toBe(
    `Cannot read ${contract}: the $ref "${written}" in line 11 names the file ${target}, which does not exist.`,
  );
});

test('a missing file of a $ref in another file is named, with that file', async () => {
  const between = write(
    'parts/between.yaml',
    '# comment\nA:\n  type: object\n  properties: { b: { $ref: ../gone.yaml } }\n',
  );
  const contract = contractWith('nested.yaml', './parts/between.yaml#/A');
  expect(await messageOf(contract)).toBe(
    `Cannot read ${contract}: the $ref "../gone.yaml" in line 4 of ${between} names the file ` +
      `${join(folder, 'gone.yaml')}, which does not exist.`,
  );
});

test('a missing contract is named, also by a relative path', async () => {
  const contract = relative(process.cwd(), join(folder, 'no-contract.yaml'));
  expect(await messageOf(contract)).toBe(`Cannot read ${contract}: there is no such file.`);
});

test('a broken pointer, in the contract and in another file', async () => {
  const inside = contractWith('inside.yaml', "'#/components/schemas/Nope'");
  expect(await messageOf(inside)).toBe(
    `Cannot read ${inside}: the $ref "#/components/schemas/Nope" in line 11 is broken, because the contract has no ` +
      '"components" there.',
  );
  const target = write('parts/good.yaml', 'A: { type: object }\n');
  const outside = contractWith('outside.yaml', 'parts/good.yaml#/A/properties/b');
  expect(await messageOf(outside)).toBe(
    `Cannot read ${outside}: the $ref "parts/good.yaml#/A/properties/b" in line 11 is broken, because ${target} has no ` +
      '"properties" there.',
  );
});

test.each([
  ['broken.yaml', 'A:\n  - b\n c: [\n', /bad indentation .*line 3/],
  ['broken.json', '{ "a": ', /unexpected end .*line/],
])('a referenced file that cannot be parsed: %s', async (name, text, reason) => {
  const broken = write(name, text);
  const contract = contractWith('unparsable.yaml', `${name}#/A`);
  const message = await messageOf(contract);
  expect(message).toContain(`the $ref "${name}#/A" in line 11 names the file ${broken}, which cannot be parsed: `);
  expect(message).toMatch(reason);
  expect(message).not.toMatch(/\n|[^.]$/);
});

test('a $ref to a directory', async () => {
  mkdirSync(join(folder, 'folder'), { recursive: true });
  const contract = contractWith('to-folder.yaml', 'folder');
  expect(await messageOf(contract)).toMatch(
    /the \$ref "folder" in line 11 names .*folder, which cannot be read \(EISDIR\)\.$/,
  );
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** A contract with the `$ref` of an answer in line 11. */
function contractWith(name: string, ref: string): string {
  return write(
    name,
    `openapi: 3.1.0
info: { title: References, version: 1.0.0 }
paths:
  /a:
    get:
      responses:
        '200':
          description: An answer.
          content:
            application/json:
              schema: { $ref: ${ref} }
`,
  );
}

async function messageOf(contract: string): Promise<string> {
  const failure = await startMock({ contract }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(MockContractError);
  return String(failure instanceof Error ? failure.message : failure);
}
