import { describe, expect, test } from 'vitest';
import { compareContractTypes } from '../../src/surface/contract-types.ts';

interface Parts {
  readonly query?: string;
  readonly body?: string;
  readonly answer?: string;
  readonly more?: string;
  readonly schemas?: string;
}

test('equal types break nobody', () => {
  expect(breaks({})).toEqual([]);
});

describe('readers', () => {
  test.each([
    [
      'a member that is gone',
      '{ id: string; owner?: { mail?: string | null } | null; tags: { name?: string }[] }',
      'make 200.size: is no longer there',
    ],
    [
      'a nested member that is gone',
      '{ id: string; size?: number; owner?: {} | null; tags: { name?: string }[] }',
      'make 200.owner.mail: is no longer there',
    ],
    [
      'a member of a list that is gone',
      '{ id: string; size?: number; owner?: { mail?: string | null } | null; tags: {}[] }',
      'make 200.tags[].name: is no longer there',
    ],
    [
      'another type',
      '{ id: string; size?: string; owner?: { mail?: string | null } | null; tags: { name?: string }[] }',
      'make 200.size: was `number | undefined` and is `string | undefined`',
    ],
    [
      'null',
      '{ id: string | null; size?: number; owner?: { mail?: string | null } | null; tags: { name?: string }[] }',
      'make 200.id: was `string` and is `string | null`',
    ],
    [
      'absence',
      '{ id?: string; size?: number; owner?: { mail?: string | null } | null; tags: { name?: string }[] }',
      'make 200.id: was `string` and is `string | undefined`',
    ],
  ])('are broken by %s', (_, answer, expected) => {
    expect(breaks({ answer })).toEqual([expected]);
  });

  test.each([
    [
      'a new member',
      '{ id: string; size?: number; owner?: { mail?: string | null } | null; tags: { name?: string }[]; extra: string }',
    ],
    [
      'a member that is always there',
      '{ id: string; size: number; owner?: { mail?: string | null } | null; tags: { name?: string }[] }',
    ],
    [
      'a member that is never null',
      '{ id: string; size?: number; owner?: { mail: string }; tags: { name?: string }[] }',
    ],
  ])('are not broken by %s', (_, answer) => {
    expect(breaks({ answer })).toEqual([]);
  });

  test('are broken by a success with another body, and not by one with the same', () => {
    expect(breaks({ more: "202: { content: { 'application/json': { job: string } } }" })).toEqual([
      'make 202: has a body of a type that no other response has',
    ]);
    expect(breaks({ more: "409: { content: { 'application/json': { message: string } } }" })).toEqual([]);
  });

  test('are broken by a name of a schema that is gone', () => {
    expect(breaks({ schemas: 'Object: { id: string }' })).toEqual(['components.schemas.Thing: is no longer there']);
  });
});

describe('writers', () => {
  test.each([
    ['a member that is no longer accepted', { body: '{ name: string }' }, 'make requestBody.note: is no longer there'],
    [
      'a member that must be given',
      { body: '{ name: string; note: string }' },
      'make requestBody.note: was `string | undefined` and is `string`',
    ],
    [
      'a new member that must be given',
      { body: '{ name: string; note?: string; kind: string }' },
      'make requestBody.kind: must now be given',
    ],
    ['a narrower type', { body: "{ name: 'a'; note?: string }" }, 'make requestBody.name: was `string` and is `"a"`'],
    [
      'a parameter that must be given',
      { query: 'query: { lang: string }' },
      'make parameters.query: was `undefined` and is `{ lang: string; }`',
    ],
  ])('are broken by %s', (_, after, expected) => {
    expect(breaks(after)).toEqual([expected]);
  });

  test.each([
    ['a new member that may be given', { body: '{ name: string; note?: string; kind?: string }' }],
    ['a wider type', { body: '{ name: string | number; note?: string | null }' }],
    ['a parameter that may be given', { query: 'query?: { lang?: string }' }],
  ])('are not broken by %s', (_, after) => {
    expect(breaks(after)).toEqual([]);
  });
});

test('an object that accepted any member, and accepts only those that it names', () => {
  const [open, named] = [
    '{ id: string; more?: { [key: string]: unknown } | null }',
    '{ id: string; more?: { a?: string } | null }',
  ];
  const breaksOf = (before: string, after: string) =>
    compareContractTypes(types({ answer: before }), types({ answer: after })).map(
      ({ place, what }) => `${place}: ${what}`,
    );
  expect(breaksOf(open, named)).toEqual([
    'make 200.content.application/json.more: has no more members than those that it names',
  ]);
  expect(breaksOf(open, open.replace('{ [key', '{ a?: string; [key'))).toEqual([]);
});

/** Types as openapi-typescript writes them, with one operation. */
function types({
  query = 'query?: never',
  body = '{ name: string; note?: string }',
  answer = '{ id: string; size?: number; owner?: { mail?: string | null } | null; tags: { name?: string }[] }',
  more = '',
  schemas = 'Thing: { id: string }',
}: Parts = {}) {
  return `
export interface paths { '/things/': { post: operations['make'] } }
export interface components { schemas: { ${schemas} } }
export interface operations {
  make: {
    parameters: { ${query}; header?: never; path?: never; cookie?: never };
    requestBody: { content: { 'application/json': ${body} } };
    responses: {
      200: { headers: { [name: string]: unknown }; content: { 'application/json': ${answer} } };
      404: { headers: { [name: string]: unknown }; content: { 'application/json': { detail?: string } | { message: string } } };
      ${more}
    };
  };
}`;
}

function breaks(after: Parts) {
  return compareContractTypes(types(), types(after)).map(
    ({ place, what }) => `${place.replace('.content.application/json', '')}: ${what}`,
  );
}
