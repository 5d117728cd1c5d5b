import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { isWithin } from '../../src/diff/subschema.ts';

const scalars = [null, true, false, 0, 1, 2, 1.5, 6, '', 'a', 'ab', 'abc'];
const names = ['a', 'b', 'c'];

test('no value of a schema that is proven to be within another one is refused by that', () => {
  const { schema, value, variant } = createRandom(7);
  const ajv = new Ajv2020({ strict: false, logger: false });
  let proven = 0;
  for (let round = 0; round < 300; round += 1) {
    const one = schema(2);
    const two = variant(one);
    for (const [inner, outer] of [
      [one, two],
      [two, one],
    ] as const) {
      if (!isWithin({ schema: inner, document: {} }, { schema: outer, document: {} })) continue;
      proven += 1;
      const [isInner, isOuter] = [ajv.compile(inner), ajv.compile(outer)];
      const values = Array.from({ length: 40 }, () => value(2));
      const refused = values.filter((each) => isInner(each) && !isOuter(each));
      expect(refused, `${JSON.stringify(inner)} in ${JSON.stringify(outer)}`).toEqual([]);
    }
  }
  expect(proven).toBeGreaterThan(100);
});

const lists = [[], [1], [1, 1], [1, 2, 3]];
const objects = [{}, { a: 1 }, { a: 1, b: 2 }, { a: 1, b: 2, c: 3 }];
const limits = [
  [
    ['minLength', 'maxLength'],
    ['', 'a', 'ab', 'abc'],
  ],
  [['minItems', 'maxItems'], lists],
  [['minProperties', 'maxProperties'], objects],
  [
    ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf'],
    [-1, 0, 0.5, 1, 1.5, 2, 3, 4, 6],
  ],
] as const;

test.each(limits)('limits of %j are compared as values meet them', (keywords, values) => {
  const ajv = new Ajv2020({ strict: false });
  const of = [...new Set(values.map((value) => (Array.isArray(value) ? 'array' : typeof value)))];
  const schemas = keywords.flatMap((keyword) => [1, 2, 3].map((limit) => ({ type: of[0], [keyword]: limit })));
  for (const inner of schemas) {
    for (const outer of schemas) {
      const proven = isWithin({ schema: inner, document: {} }, { schema: outer, document: {} });
      const refused = values.filter((value) => ajv.validate(inner, value) && !ajv.validate(outer, value));
      const name = `${JSON.stringify(inner)} in ${JSON.stringify(outer)}`;
      if (proven) expect(refused, name).toEqual([]);
      const [one, two] = [Object.keys(inner)[1], Object.keys(outer)[1]];
      if (one === two) expect(proven, name).toBe(refused.length === 0);
    }
  }
});

/** Random schemas and values, the same ones in every run. */
function createRandom(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const chance = (share: number): boolean => next() < share;
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
  const types = ['string', 'integer', 'number', 'object', 'array', 'null', 'boolean'];
  const schema = (depth: number): Record<string, unknown> => {
    const some = (share: number, member: () => Record<string, unknown>) => (chance(share) ? member() : {});
    const limits = ['minLength', 'maxLength', 'minItems', 'maxItems', 'maxProperties', 'minimum', 'exclusiveMaximum'];
    const inner = () => schema(depth - 1);
    return {
      ...some(0.7, () => ({ type: chance(0.7) ? pick(types) : ['string', pick(types.slice(1))] })),
      ...some(0.1, () => ({ enum: chance(0.5) ? [pick(scalars)] : ['a', 1, null] })),
      ...some(0.1, () => ({ const: pick(scalars) })),
      ...some(0.1, () => ({ pattern: pick(['^a', 'b$']) })),
      ...some(0.1, () => ({ multipleOf: pick([1, 2, 3]) })),
      ...some(0.3, () => ({ [pick(limits)]: Math.floor(next() * 3) })),
      ...(depth > 0 && {
        ...some(0.4, () => ({ properties: { [pick(names)]: inner(), [pick(names)]: inner() } })),
        ...some(0.2, () => ({ required: [pick(names)] })),
        ...some(0.2, () => ({ additionalProperties: chance(0.4) ? false : inner() })),
        ...some(0.1, () => ({ patternProperties: { '^a': inner() } })),
        ...some(0.2, () => ({ items: inner() })),
        ...some(0.1, () => ({ prefixItems: [inner()] })),
        ...some(0.1, () => ({ contains: inner() })),
        ...some(0.05, () => ({ not: inner() })),
        ...some(0.05, () => ({ if: inner(), else: inner() })),
        ...some(0.15, () => ({ [pick(['anyOf', 'oneOf', 'allOf'])]: [inner(), inner()] })),
        ...some(0.05, () => ({ unevaluatedProperties: false })),
      }),
    };
  };
  const value = (depth: number): unknown => {
    if (depth === 0 || chance(0.4)) return pick(scalars);
    if (chance(0.3)) return [value(depth - 1), value(depth - 1)].slice(0, Math.floor(next() * 3));
    return Object.fromEntries(names.filter(() => chance(0.5)).map((name) => [name, value(depth - 1)]));
  };
  /** The schema with something more, less or else; often in a way that means the same. */
  const variant = (from: Record<string, unknown>): Record<string, unknown> => {
    const keys = Object.keys(from);
    const without = pick(keys);
    const raised = ([key, member]: [string, unknown]) => [key, typeof member === 'number' ? member + 1 : member];
    switch (Math.floor(next() * 7)) {
      case 0:
        return Object.fromEntries(Object.entries(from).filter(([key]) => key !== without));
      case 1:
        return { ...from, ...schema(1) };
      case 2:
        return { anyOf: [from, schema(1)] };
      case 3:
        return { oneOf: [from, schema(1)] };
      case 4:
        return Object.fromEntries(Object.entries(from).map(raised));
      case 5:
        return { allOf: [schema(1), from] };
      default:
        return { anyOf: [{ type: 'null' }, from] };
    }
  };
  return { schema, value, variant };
}
