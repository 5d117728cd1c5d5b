import { describe, expect, test } from 'vitest';
import type { OpenApiDocument } from '../../src/document/document.ts';
import { operationsIn } from '../../src/document/document.ts';
import type { Schema } from '../../src/document/schema.ts';
import { createResponseCheck } from '../../src/verify/check-response.ts';

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

const root = '#/paths/~1things/get/responses';
const schemaRoot = `${root}/200/content/application~1json/schema`;

describe('headers', () => {
  const header = (more: object) => ({ headers: { 'X-Limit': { schema: { type: 'integer' }, ...more } } });

  test('one that is required and missing is a deviation', () => {
    expect(check(header({ required: true }), {})).toEqual({
      deviations: [`missing-header X-Limit ${root}/200/headers/X-Limit`],
      notes: [],
    });
  });

  test('one that is documented and missing is a note, but not of a range of statuses', () => {
    expect(check(header({}), {})).toEqual({ deviations: [], notes: ['missing-header X-Limit'] });
    expect(check(header({}), { status: 503 }, '5XX')).toEqual({ deviations: [], notes: [] });
    expect(check(header({}), {}, 'default')).toEqual({ deviations: [], notes: [] });
  });

  test('a value is checked against its schema', () => {
    expect(check(header({}), { headers: { 'x-limit': '5' } }).deviations).toEqual([]);
    expect(check(header({}), { headers: { 'x-limit': 'five' } }).deviations).toEqual([
      `wrong-header X-Limit ${root}/200/headers/X-Limit/schema/type`,
    ]);
  });
});

describe('statuses', () => {
  test('a range and the default stand for those that have no entry', () => {
    expect(check({}, { status: 503 }, '5XX').deviations).toEqual([]);
    expect(check({}, { status: 404 }, 'default').deviations).toEqual([]);
    expect(check({}, { status: 404 }, '5XX').deviations).toEqual([`undocumented-status  ${root}`]);
  });

  test('a body is found where the contract documents none', () => {
    expect(check({}, { body: {} }).deviations).toEqual([`undocumented-body  ${root}/200`]);
    expect(check({}, {}).deviations).toEqual([]);
  });

  test('an empty body is an empty text', () => {
    const html = { content: { 'text/html': { schema: { type: 'string' } } } };
    expect(check(html, { headers: { 'content-type': 'text/html' } }).deviations).toEqual([]);
    expect(check({ content: { ...html.content, 'application/json': {} } }, {}).deviations).toEqual([
      `empty-body  ${root}/200/content`,
    ]);
  });
});

describe('members', () => {
  const closed = { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false };
  const open = { ...closed, additionalProperties: true };
  const map = { type: 'object', additionalProperties: { type: 'object', properties: { a: {} } } };

  test('that a closed object does not name are found, those of an open one are not', () => {
    expect(found(closed, { a: 'x', b: 1 })).toEqual(['unknown-member /b …']);
    expect(found(open, { a: 'x', b: { c: 1 } })).toEqual([]);
  });

  test('of the values of a map are looked at', () => {
    expect(found(map, { x: { a: 1, b: 2 }, y: 3 })).toEqual([
      'unknown-member /x/b …/additionalProperties',
      'wrong-type /y …/additionalProperties/type',
    ]);
  });

  test('of items, with their place in the list', () => {
    const list = { type: 'array', items: { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } } };
    expect(found(list, [{ a: 1 }, { a: 'x', z: 1 }, {}])).toEqual([
      'wrong-type /1/a …/items/properties/a/type',
      'unknown-member /1/z …/items',
      'missing-member /2/a …/items/required',
    ]);
  });

  test('named by any part of an allOf are known', () => {
    const both = { allOf: [{ $ref: '#/components/schemas/A' }, { type: 'object', properties: { b: {} } }] };
    const schemas = { A: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } } };
    expect(found(both, { a: 'x', b: 1 }, schemas)).toEqual([]);
    expect(found(both, { b: 1, c: 1 }, schemas)).toEqual([
      'missing-member /a #/components/schemas/A/required',
      'unknown-member /c #/components/schemas/A',
    ]);
  });

  test('are known where the branch of a oneOf that fits names them', () => {
    const kinds = {
      oneOf: [
        { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
        { type: 'object', required: ['b'], properties: { b: { type: 'string' } } },
      ],
    };
    expect(found(kinds, { b: 'x' })).toEqual([]);
    expect(found(kinds, { b: 'x', c: 1 })).toEqual(['unknown-member /c …/oneOf/1']);
    expect(found(kinds, { b: 5 })).toEqual(['wrong-type /b …/oneOf/1/properties/b/type']);
    expect(found(kinds, 5)).toEqual(['wrong-type  …/oneOf']);
    expect(found(kinds, { a: 'x', b: 'x' })).toEqual(['wrong-value  …/oneOf']);
  });

  test('with a name that every object inherits are unknown as well', () => {
    expect(found({ type: 'object', properties: {} }, { constructor: 1, toString: 2 })).toEqual([
      'unknown-member /constructor …',
      'unknown-member /toString …',
    ]);
  });
});

test('a schema within itself is followed as deep as the body goes', () => {
  const schemas = { Node: { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } } };
  expect(found({ $ref: '#/components/schemas/Node' }, { next: { next: { next: { odd: 1 } } } }, schemas)).toEqual([
    'unknown-member /next/next/next/odd #/components/schemas/Node',
  ]);
});

test('rules of every kind are checked, references within them too', () => {
  const schemas = { Known: { enum: ['a', 'b'] } };
  expect(
    found(
      { type: 'object', propertyNames: { $ref: '#/components/schemas/Known' }, additionalProperties: true },
      { c: 1 },
      schemas,
    ),
  ).not.toEqual([]);
  expect(found({ type: 'string', enum: ['a'] }, 'b')).toEqual(['wrong-value  …/enum']);
  expect(found({ type: 'integer', minimum: 3 }, 2)).toEqual(['wrong-value  …/minimum']);
  expect(found({ const: 1 }, 2)).toEqual(['wrong-value  …/const']);
});

test('another JSON type is JSON', () => {
  const problem = { content: { 'application/problem+json': { schema: { type: 'object', properties: {} } } } };
  const headers = { 'content-type': 'application/problem+json' };
  expect(check(problem, { headers, body: { odd: 1 } }).deviations).toEqual([
    `unknown-member /odd ${root}/200/content/application~1problem+json/schema`,
  ]);
});

test('at most a hundred unknown members are listed, with the number of the others', () => {
  const schema: Schema = { type: 'array', items: { type: 'string' } };
  const lines = found(
    schema,
    Array.from({ length: 50_000 }, (_, n) => n),
  );
  expect(lines).toHaveLength(101);
  expect(lines.at(-1)).toBe('wrong-type  …');
});

test('keywords that only half a check is made for are refused', () => {
  const schema = { type: 'object', properties: { a: {} }, unevaluatedProperties: false } as Schema;
  expect(() => found(schema, { a: 1 })).toThrow('`unevaluatedProperties`, which verify cannot follow yet');
});

/** Checks an answer against a contract of one operation with one response. */
function check(response: object, { status = 200, headers = {}, body }: Answer, key = '200', schemas = {}) {
  const document = {
    info: { version: '1.0.0' },
    paths: { '/things': { get: { operationId: 'getThing', responses: { [key]: response } } } },
    components: { schemas, responses: { Shared: response } },
  } as unknown as OpenApiDocument;
  const [operation] = operationsIn(document);
  if (!operation) throw new Error('no operation');
  const locate = (pointer: string) => ({ pointer, file: 'contract.yaml', line: 1 });
  const { deviations, notes } = createResponseCheck(document, locate)(
    operation,
    { title: 'for a thing' },
    {
      status,
      headers: new Headers({ 'content-type': 'application/json', ...headers }),
      body: new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body)),
    },
  );
  return {
    deviations: deviations.map(({ kind, at, contract }) => `${kind} ${at} ${contract.pointer}`),
    notes: notes.map(({ kind, at }) => `${kind} ${at}`),
  };
}

function ofSchema(schema: Schema) {
  return { content: { 'application/json': { schema } } };
}

function found(schema: Schema, body: unknown, schemas = {}) {
  return check(ofSchema(schema), { body }, '200', schemas).deviations.map((line) => line.replace(schemaRoot, '…'));
}
