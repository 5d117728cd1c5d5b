import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate, writeGenerated } from '../../src/generate/generate.ts';
import { worldContract } from '../support/world.ts';

let directory: string;
let validators: Readonly<Record<string, ValidateFunction>>;
const contract = worldContract();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'didit-world-'));
  await writeFile(join(directory, 'contract.json'), JSON.stringify(contract));
  await writeGenerated(await generate(join(directory, 'contract.json')), join(directory, 'generated'));
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }');
  validators = await import(join(directory, 'generated/validators.js'));
});
afterAll(() => rm(directory, { recursive: true }));

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const names = [
  ...['a', 'b', 'c', 'd', 'e', 'f', 'name', 'age', 'kind', 'legs', 'lives', 'bark', 'owner', 'value', 'next', 'left'],
  ...['right', 'children', 'parent', 'card', 'address', 'code', 'short', 'long', 'pet-1', 'ñu', 'größe', 'abcde', 'x'],
];
const words = ['cat', 'dog', 'number', 'red', 'x', 'y', 'a', '', '😀', '😀😀', 'ab', 'abc', '2020'];

/** Bodies out of the names and values that the schemas speak of, so that about half of them fit. */
const bodies = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Json>(null, true, false, 0, 1, 2, 3, 4.5, -1, 9, 10),
    fc.constantFrom<Json>(...words),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 4 }),
  ),
})).value;

type Node = Readonly<Record<string, unknown>>;

interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: unknown }>>;
}

/** The success's schema by operation, found by hand: the first response of each that has a body. */
const described = Object.values(contract.paths).flatMap((item) => {
  const { $ref } = item as { $ref?: string };
  const { get } = ($ref ? targetOf($ref) : item) as {
    get?: { operationId: string; responses: Record<string, Response> };
  };
  const [first] = Object.values(get?.responses ?? {});
  const response = first?.$ref ? (targetOf(first.$ref) as Response) : first;
  const [body] = Object.values(response?.content ?? {});
  return get && body ? [{ id: get.operationId, schema: body.schema }] : [];
});

test('every JSON success of the contract has its validator, under the name of its operation', () => {
  expect(Object.keys(validators).sort()).toEqual(described.map(({ id }) => id).sort());
});

test('the validators return the verdict of ajv 2020 on 20 000 bodies', () => {
  const reference = new Ajv2020({ strict: false, validateFormats: false });
  reference.addSchema(contract, 'contract', false, false);
  const counts = described.map(({ id, schema }, index) => {
    const expected = reference.compile(atContract(schema) as object | boolean);
    const own = validators[id] as ValidateFunction;
    const seen = { id, valid: 0, invalid: 0 };
    const runs = Math.ceil(20_000 / described.length);
    for (const sample of fc.sample(fc.oneof({ weight: 4, arbitrary: fitting(schema) }, bodies), {
      numRuns: runs,
      seed: index,
    })) {
      const body = JSON.parse(JSON.stringify(sample));
      const valid = expected(body);
      expect(own(body), `${id} ${JSON.stringify(body)} ${JSON.stringify(expected.errors ?? own.errors)}`).toBe(valid);
      seen[valid ? 'valid' : 'invalid'] += 1;
    }
    return seen;
  });
  const total = counts.reduce((sum, { valid, invalid }) => sum + valid + invalid, 0);
  const valid = counts.reduce((sum, count) => sum + count.valid, 0);
  process.stdout.write(`${total} bodies for ${counts.length} operations: ${valid} valid, ${total - valid} not\n`);
  expect(total).toBeGreaterThanOrEqual(20_000);
  const oneSided = counts.filter((count) => count.valid < 10 || count.invalid < 10).map(({ id }) => id);
  expect(oneSided).toEqual(['any-thing', 'class']); // they accept everything
});

test('all that is generated compiles', () => {
  const options: ts.CompilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, types: [] },
    ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext, allowImportingTsExtensions: true },
  };
  const program = ts.createProgram(
    ['openapi.ts', 'contract.ts', 'validators.d.ts'].map((name) => join(directory, 'generated', name)),
    options,
  );
  expect(
    ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
  ).toEqual([]);
});

/** A body that a schema describes, as far as its shape goes; a few of its parts are any value. */
function fitting(schema: unknown, depth = 0): fc.Arbitrary<Json> {
  if (typeof schema !== 'object' || schema === null || depth > 4) return bodies;
  const node = schema as Node;
  const inner = (part: unknown) =>
    fc.oneof({ weight: 12, arbitrary: fitting(part, depth + 1) }, { weight: 1, arbitrary: bodies });
  const choices: fc.Arbitrary<Json>[] = [];
  if (typeof node.$ref === 'string') choices.push(fitting(targetOf(node.$ref), depth));
  if ('const' in node) choices.push(fc.constant(node.const as Json));
  if (Array.isArray(node.enum)) choices.push(fc.constantFrom(...(node.enum as Json[])));
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    if (Array.isArray(node[keyword]))
      choices.push(...(node[keyword] as unknown[]).map((branch) => fitting(branch, depth)));
  }
  const { then: ifSo, else: ifNot, ...always } = node;
  for (const more of [ifSo, ifNot]) {
    if (more) choices.push(fitting({ ...always, ...(more as Node) }, depth));
  }
  const types = [node.type ?? []].flat();
  if (node.properties || node.patternProperties || types.includes('object')) {
    const members = {
      ...(node.properties as Node),
      kind: true,
      ...(typeof node.$ref === 'string' && (targetOf(node.$ref) as { properties?: Node }).properties),
    };
    const known = Object.fromEntries(Object.entries(members).map(([name, part]) => [name, inner(part)]));
    const patterned = node.patternProperties
      ? { 'pet-1': inner({ $ref: '#/components/schemas/Pet' }), ñu: bodies, x: fc.boolean() }
      : {};
    choices.push(
      fc.record<Record<string, Json>>({ ...known, ...patterned }, { requiredKeys: [] }),
      fc.record<Record<string, Json>>({ ...known, ...patterned }),
      fc.dictionary(fc.constantFrom('a', 'b', 'ab', 'c', 'red', 'abcde', 'x'), bodies, { maxKeys: 4 }),
    );
  }
  if (types.includes('array') || node.prefixItems || node.contains) {
    const prefix = (node.prefixItems as unknown[] | undefined) ?? [];
    const rest = inner(node.contains ?? node.items ?? node.unevaluatedItems ?? {});
    choices.push(
      fc
        .tuple(...prefix.map(inner))
        .chain((first) => fc.array(rest, { maxLength: 4 }).map((more) => [...first, ...more])),
      fc.tuple(...prefix.map(inner)).map((items) => items as Json[]),
    );
  }
  if (types.includes('string')) choices.push(fc.constantFrom<Json>(...words));
  if (types.includes('integer') || types.includes('number')) choices.push(fc.integer({ min: -2, max: 12 }));
  if (types.includes('boolean')) choices.push(fc.boolean());
  if (types.includes('null')) choices.push(fc.constant(null));
  return choices.length > 0 ? fc.oneof(...choices) : bodies;
}

function targetOf(reference: string): unknown {
  const segments = decodeURIComponent(reference)
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return segments.reduce<unknown>((node, segment) => (node as Node)[segment], contract);
}

/** The schema is taken out of the contract: its references lead back there. */
function atContract(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(atContract);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, key === '$ref' ? `contract${value}` : atContract(value)]),
  );
}
