import { Ajv2020 } from 'ajv/dist/2020.js';
import { segmentsOf, valueAt } from '../document/pointer.ts';
import type { Schema } from '../document/schema.ts';

/** A schema, or `true` and `false` for any value and none, and the document that its references mean. */
export interface Rooted {
  readonly schema: unknown;
  readonly document: unknown;
}

/**
 * Whether each value that one schema accepts is certainly accepted by another one.
 *
 * @returns `false` also where it cannot be proven
 */
export function isWithin(inner: Rooted, outer: Rooted): boolean {
  return within([inner], outer, []);
}

/** Keywords that say nothing about values, or nothing that this file would have to compare. */
const annotations = new Set([
  ...['title', 'description', '$comment', 'examples', 'example', 'deprecated', 'externalDocs', 'xml'],
  ...['readOnly', 'writeOnly', 'default', 'discriminator'],
]);

/** Annotations that change what callers send and read. */
const meaningful = ['readOnly', 'writeOnly', 'default', 'discriminator'] as const;

const types = ['null', 'boolean', 'string', 'integer', 'number', 'array', 'object'] as const;
type Type = (typeof types)[number];

const keywordsOf: Readonly<Record<Type, readonly string[]>> = {
  null: [],
  boolean: [],
  string: ['minLength', 'maxLength', 'pattern', 'contentEncoding', 'contentMediaType', 'contentSchema'],
  integer: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  array: ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains', 'minContains', 'maxContains'],
  object: [
    ...['properties', 'patternProperties', 'additionalProperties', 'propertyNames', 'required'],
    ...['minProperties', 'maxProperties', 'dependentRequired', 'dependentSchemas'],
  ],
};
const ofOneType = new Set(Object.values(keywordsOf).flat());

/** Values of one type, or one value, that obey all the parts: schemas without references and combinations. */
interface Case {
  readonly type: Type;
  readonly value?: { readonly is: unknown };
  readonly parts: readonly Rooted[];
}

const most = 200;
const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false });

/** @param seen pairs that are being compared: values are finite, so that a pair may rest on itself */
function within(inner: readonly Rooted[], outer: Rooted, seen: readonly string[]): boolean {
  if (outer.schema === true) return true;
  const key = `${inner.map(textOf).join('&')} in ${textOf(outer)}`;
  if (inner.length === 1 && inner[0] && textOf(inner[0]) === textOf(outer)) return true;
  if (seen.includes(key)) return true;
  const inners = inner.flatMap(partsOf);
  const outers = partsOf(outer);
  if (sayingsOf(inners) !== sayingsOf(outers)) return false;
  if ([...inners, ...outers].some(({ schema }) => hasUnevaluated(schema))) return false;
  const cases = casesOf(inners);
  return cases?.every((one) => outers.every((part) => fits(one, part, [...seen, key]))) ?? false;
}

/** A schema as what must hold of it together: `allOf` and references are followed. */
export function partsOf({ schema, document }: Rooted, depth = 0): Rooted[] {
  if (typeof schema !== 'object' || schema === null || depth > most) return [{ schema, document }];
  const { $ref, allOf, ...rest } = schema as Schema;
  const target = $ref === undefined ? [] : [valueAt(document, segmentsOf($ref)) ?? unknownSchema()];
  const more = [...target, ...((allOf as unknown[] | undefined) ?? [])];
  const parts = more.flatMap((part) => partsOf({ schema: part, document }, depth + 1));
  return Object.keys(rest).length > 0 || parts.length === 0 ? [{ schema: rest, document }, ...parts] : parts;
}

let unknowns = 0;

/** What stands for a reference that leads nowhere: it is equal to no other schema, not even to another one of these. */
function unknownSchema(): Schema {
  unknowns += 1;
  return { unknown: unknowns };
}

/** What schemas say beside what they accept: two of which one says more do not mean the same. */
function sayingsOf(parts: readonly Rooted[]): string {
  const said = meaningful.map((name) => {
    const values = parts.map(({ schema }) => (schema as Schema | null)?.[name]);
    return values.find((value) => value !== undefined && (value !== false || name === 'default')) ?? null;
  });
  return valueText(said) ?? '';
}

const hasUnevaluated = (schema: unknown): boolean =>
  typeof schema === 'object' &&
  schema !== null &&
  ('unevaluatedProperties' in schema || 'unevaluatedItems' in schema || '$dynamicRef' in schema || '$id' in schema);

/** Splits a schema into cases that together hold all its values; `undefined` when there are too many. */
function casesOf(parts: readonly Rooted[]): Case[] | undefined {
  if (parts.some(({ schema }) => schema === false)) return [];
  const index = parts.findIndex(({ schema }) => alternativesOf(schema) !== undefined);
  const split = parts[index];
  if (split) {
    const others = parts.filter((_, at) => at !== index);
    const { anyOf, oneOf, ...rest } = split.schema as Schema & { readonly oneOf?: readonly unknown[] };
    const [taken, left] = anyOf ? [anyOf, oneOf && { oneOf }] : [oneOf ?? [], undefined];
    const found = taken.flatMap((alternative) => {
      const own = [{ schema: { ...rest, ...left } as Schema, document: split.document }];
      const added = partsOf({ schema: alternative, document: split.document });
      if (sayingsOf(added) !== sayingsOf([])) return [undefined];
      // Kept beside its alternatives: an outer schema may hold the very same combination.
      const kept = { schema: { [whole]: anyOf ? { anyOf } : { oneOf } }, document: split.document };
      return casesOf([...others, ...own, ...added, kept]) ?? [undefined];
    });
    return found.length > most || found.includes(undefined) ? undefined : (found as Case[]);
  }
  const values = parts.map(valuesOf).find((found) => found !== undefined);
  if (values) {
    const left = values.filter((value) => parts.every((part) => mayHold(value, part)));
    return left.map((is) => ({ type: typeOf(is), value: { is }, parts }));
  }
  const left = types.filter((type) => type !== 'integer' || !parts.every((part) => typesOf(part).includes('number')));
  return left
    .filter((type) => parts.every((part) => accepts(typesOf(part), type)))
    .flatMap((type): Case[] => {
      if (type === 'null') return [{ type, value: { is: null }, parts }];
      if (type === 'boolean') return [true, false].map((is) => ({ type, value: { is }, parts }));
      return [{ type, parts }];
    });
}

const whole = Symbol('combination');

function alternativesOf(schema: unknown): readonly unknown[] | undefined {
  const { anyOf, oneOf } = (schema ?? {}) as Schema;
  return anyOf ?? (oneOf as readonly unknown[] | undefined);
}

function valuesOf({ schema }: Rooted): readonly unknown[] | undefined {
  const { enum: values } = (schema ?? {}) as Schema;
  return (schema as object | null) && 'const' in Object(schema) ? [(schema as Schema).const] : values;
}

function typesOf({ schema }: Rooted): readonly string[] {
  const { type } = (schema ?? {}) as Schema;
  return type === undefined ? types : typeof type === 'string' ? [type] : type;
}

const accepts = (accepted: readonly string[], type: Type): boolean =>
  accepted.includes(type) || (type === 'integer' && accepted.includes('number'));

function typeOf(value: unknown): Type {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as Type;
}

/** Whether a value may obey a part: `false` only where it certainly does not. */
function mayHold(value: unknown, part: Rooted): boolean {
  if (!accepts(typesOf(part), typeOf(value))) return false;
  const values = valuesOf(part);
  return values === undefined || values.some((one) => valueText(one) === valueText(value));
}

/** Whether all values of a case obey a part of the outer schema. */
function fits(one: Case, part: Rooted, seen: readonly string[]): boolean {
  const { schema, document } = part;
  if (schema === true) return true;
  if (typeof schema !== 'object' || schema === null) return false;
  const sub = (inner: readonly Rooted[], outer: unknown) => within(inner, { schema: outer, document }, seen);
  return Object.keys(schema).every((keyword) => {
    const expected = (schema as Schema)[keyword];
    if (annotations.has(keyword) || keyword.startsWith('x-')) return true;
    if (ofOneType.has(keyword) && !keywordsOf[one.type].includes(keyword)) return true;
    if (one.parts.some((known) => holdsSame(known, part, keyword))) return true;
    switch (keyword) {
      case 'type':
        return accepts(typesOf(part), one.type);
      case 'const':
      case 'enum':
        return one.value !== undefined && mayHold(one.value.is, part);
      case 'anyOf':
        return (expected as unknown[]).some((alternative) => caseWithin(one, { schema: alternative, document }, seen));
      case 'oneOf':
        return isWithinOne(one, expected as unknown[], document, seen);
      default:
    }
    if (one.value !== undefined && typeof one.value.is !== 'object') {
      return ofOneType.has(keyword) && obeys(one.value.is, keyword, expected);
    }
    switch (one.type) {
      case 'object':
        return objectFits(one.parts, keyword, schema as Schema, sub);
      case 'array':
        return arrayFits(one.parts, keyword, schema as Schema, sub);
      default:
        return boundFits(one.parts, keyword, expected);
    }
  });
}

function obeys(value: unknown, keyword: string, expected: unknown): boolean {
  if (keyword.startsWith('content')) return false;
  try {
    return ajv.validate({ [keyword]: expected }, value);
  } catch {
    return false; // a pattern that is not one
  }
}

/** Whether a known part says the same by a keyword, references included. */
function holdsSame(known: Rooted, part: Rooted, keyword: string): boolean {
  const beside = { prefixItems: ['items'], items: ['prefixItems'], if: ['then', 'else'] }[keyword] ?? [];
  const own = keyword === 'then' || keyword === 'else' ? ['if', keyword] : [keyword, ...beside];
  const more = keyword === 'additionalProperties' ? ['properties', 'patternProperties'] : [];
  const bounds =
    keyword === 'contains' || keyword.endsWith('Contains') ? ['contains', 'minContains', 'maxContains'] : [];
  const all = [...new Set([...own, ...more, ...bounds])];
  const pick = ({ schema, document }: Rooted): string => {
    const from = { ...(schema as Schema), ...((schema as { [whole]?: Schema } | null)?.[whole] ?? {}) } as Schema;
    return textOf({ schema: Object.fromEntries(all.map((name) => [name, from[name]])), document });
  };
  return typeof known.schema === 'object' && known.schema !== null && pick(known) === pick(part);
}

/** The values of a case, each with all that is known of them. */
function caseWithin(one: Case, outer: Rooted, seen: readonly string[]): boolean {
  const outers = partsOf(outer);
  if (sayingsOf(outers) !== sayingsOf([])) return false;
  return !outers.some(({ schema }) => hasUnevaluated(schema)) && outers.every((part) => fits(one, part, seen));
}

function isWithinOne(one: Case, alternatives: readonly unknown[], document: unknown, seen: readonly string[]): boolean {
  const rooted = alternatives.map((schema) => ({ schema, document }));
  const [known, all] = [exclusiveOf(one), rooted.map(textOf)];
  if (known.length > 0 && known.every((text) => count(known, text) === count(all, text))) {
    return rooted.every((other) => known.includes(textOf(other)) || isDisjoint(one, other));
  }
  return rooted.some(
    (alternative, index) =>
      caseWithin(one, alternative, seen) && rooted.every((other, at) => at === index || isDisjoint(one, other)),
  );
}

/** The alternatives, as text, of which each value of a case obeys exactly one. */
function exclusiveOf({ parts }: Case): readonly string[] {
  const known = parts.find(({ schema }) => (schema as { [whole]?: Schema } | null)?.[whole]?.oneOf);
  const { oneOf = [] } = (known?.schema as { [whole]?: { oneOf?: unknown[] } } | undefined)?.[whole] ?? {};
  return oneOf.map((schema) => textOf({ schema, document: known?.document }));
}

const count = (texts: readonly string[], text: string): number => texts.filter((one) => one === text).length;

/** Whether certainly no value obeys two of these schemas. */
export function areExclusive(alternatives: readonly unknown[], document: unknown): boolean {
  const rooted = alternatives.map((schema): Rooted => ({ schema, document }));
  return rooted.every((one, index) => {
    const cases = casesOf(partsOf(one));
    const others = rooted.slice(index + 1);
    return cases?.every((value) => others.every((other) => isDisjoint(value, other))) ?? others.length === 0;
  });
}

/** Whether a schema says something of members by this name, or of members by any name. */
export function concernsMember(rooted: Rooted, name: string): boolean {
  const text = textOf(rooted);
  const ofAny = /"(additionalProperties|patternProperties|unevaluatedProperties|propertyNames|(min|max)Properties)":/;
  return ofAny.test(text) || text.includes(JSON.stringify(name));
}

/** Whether certainly no value of a case obeys a schema. */
function isDisjoint(one: Case, other: Rooted, depth = 0): boolean {
  const cases = casesOf(partsOf(other));
  if (!cases || depth > 3) return false;
  return cases.every((two) => {
    if (one.value)
      return two.value ? valueText(one.value.is) !== valueText(two.value.is) : !accepts([two.type], one.type);
    if (two.value) return !accepts([one.type], two.type);
    if (one.type !== two.type) return !accepts([one.type], two.type) && !accepts([two.type], one.type);
    if (one.type !== 'object') return false;
    return [...requiredOf(one.parts), ...requiredOf(two.parts)].some((name) => {
      const [mine, theirs] = [memberOf(one.parts, name), memberOf(two.parts, name)];
      const own = casesOf(mine.flatMap((part) => partsOf(part)));
      return own?.every((value) => isDisjoint(value, allOf(theirs), depth + 1)) ?? false;
    });
  });
}

/** Members of one document as one schema; those of a case may come from one document alone. */
function allOf(parts: readonly Rooted[]): Rooted {
  return { schema: { allOf: parts.map(({ schema }) => schema) }, document: parts[0]?.document };
}

type Sub = (inner: readonly Rooted[], outer: unknown) => boolean;

const requiredOf = (parts: readonly Rooted[]): string[] =>
  parts.flatMap(({ schema }) => ((schema as Schema).required as string[] | undefined) ?? []);

/** What is known of a member of an object, `{}` where nothing is. */
function memberOf(parts: readonly Rooted[], name: string): Rooted[] {
  return parts.flatMap(({ schema, document }) => {
    const { properties, patternProperties, additionalProperties } = schema as Record<string, Record<string, unknown>>;
    const found = Object.entries(patternProperties ?? {}).filter(([pattern]) => matches(pattern, name));
    const own = [
      ...(properties && Object.hasOwn(properties, name) ? [properties[name]] : []),
      ...found.map(([, value]) => value),
    ];
    const all = own.length > 0 || additionalProperties === undefined ? own : [additionalProperties];
    return all.map((member) => ({ schema: member, document }));
  });
}

export function matches(pattern: string, name: string): boolean {
  return new RegExp(pattern, 'u').test(name);
}

function objectFits(parts: readonly Rooted[], keyword: string, schema: Schema, sub: Sub): boolean {
  const member = (name: string): Rooted[] => {
    const known = memberOf(parts, name);
    return known.length > 0 ? known : [{ schema: {}, document: undefined }];
  };
  switch (keyword) {
    case 'required':
      return (schema.required as string[]).every((name) => requiredOf(parts).includes(name));
    case 'properties':
      return Object.entries(schema.properties as object).every(([name, value]) => sub(member(name), value));
    case 'additionalProperties': {
      const all = schema as Record<string, Record<string, unknown>>;
      if (schema.additionalProperties === true || json(schema.additionalProperties) === '{}') return true;
      if (all.patternProperties || parts.some(({ schema }) => (schema as Schema).patternProperties)) return false;
      const named = parts.flatMap((part) =>
        Object.keys(((part.schema as Schema).properties as object | undefined) ?? {}),
      );
      const others = named.filter((name) => !Object.hasOwn(all.properties ?? {}, name));
      const rest = parts.flatMap(({ schema, document }) => {
        const { additionalProperties } = schema as Schema;
        return additionalProperties === undefined ? [] : [{ schema: additionalProperties, document }];
      });
      if (rest.length === 0) return false;
      return (
        others.every((name) => sub(member(name), schema.additionalProperties)) && sub(rest, schema.additionalProperties)
      );
    }
    case 'minProperties':
    case 'maxProperties':
      return boundFits(parts, keyword, schema[keyword]);
    default:
      return false;
  }
}

function arrayFits(parts: readonly Rooted[], keyword: string, schema: Schema, sub: Sub): boolean {
  switch (keyword) {
    case 'items':
      if ([schema, ...parts.map((part) => part.schema as Schema)].some((one) => one.prefixItems)) return false;
      return sub(itemsOf(parts), schema.items);
    case 'minItems':
    case 'maxItems':
      return boundFits(parts, keyword, schema[keyword]);
    case 'uniqueItems':
      return schema.uniqueItems === false;
    default:
      return false;
  }
}

function itemsOf(parts: readonly Rooted[]): Rooted[] {
  const known = parts.flatMap(({ schema, document }) => {
    const { items } = schema as Schema;
    return items === undefined ? [] : [{ schema: items, document }];
  });
  return known.length > 0 ? known : [{ schema: {}, document: undefined }];
}

/** A limit is kept when a known one is at least as strict. */
function boundFits(parts: readonly Rooted[], keyword: string, limit: unknown): boolean {
  if (typeof limit !== 'number') return false;
  const known = (name: string): number[] =>
    parts.map(({ schema }) => (schema as Schema)[name]).filter((value) => typeof value === 'number');
  switch (keyword) {
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return limit === 0 || known(keyword).some((value) => value >= limit);
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return known(keyword).some((value) => value <= limit);
    case 'minimum':
      return [...known('minimum'), ...known('exclusiveMinimum')].some((value) => value >= limit);
    case 'maximum':
      return [...known('maximum'), ...known('exclusiveMaximum')].some((value) => value <= limit);
    case 'exclusiveMinimum':
      return (
        known('exclusiveMinimum').some((value) => value >= limit) || known('minimum').some((value) => value > limit)
      );
    case 'exclusiveMaximum':
      return (
        known('exclusiveMaximum').some((value) => value <= limit) || known('maximum').some((value) => value < limit)
      );
    case 'multipleOf':
      return known(keyword).some((value) => Number.isInteger(value / limit));
    default:
      return false;
  }
}

function json(value: unknown): string | undefined {
  return JSON.stringify(value, sorted);
}

const texts = new WeakMap<object, Map<unknown, string>>();

/** A schema as text with its references followed, without annotations that mean nothing. */
export function textOf({ schema, document }: Rooted): string {
  if (typeof schema !== 'object' || schema === null) return String(schema);
  const known = texts.get(schema)?.get(document);
  if (known !== undefined) return known;
  const text = json(writtenOut(schema, document, [], false)) ?? '';
  texts.set(schema, (texts.get(schema) ?? new Map()).set(document, text));
  return text;
}

function writtenOut(value: unknown, document: unknown, above: readonly string[], isMap: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => writtenOut(item, document, above, false));
  if (typeof value !== 'object' || value === null) return value;
  const { $ref, ...rest } = value as Schema;
  const own = Object.entries(isMap ? value : rest)
    .filter(([key]) => isMap || !annotations.has(key) || (meaningful as readonly string[]).includes(key))
    .filter(([key]) => isMap || !key.startsWith('x-'))
    .map(([key, member]) => {
      if (!isMap && valued.has(key)) return [key, key === 'enum' ? [member].flat().map(valueText) : valueText(member)];
      return [key, writtenOut(member, document, above, !isMap && maps.has(key))];
    });
  if (typeof $ref !== 'string' || isMap) return Object.fromEntries(own);
  if (above.includes($ref)) return { cycle: above.length - above.indexOf($ref) };
  const target = valueAt(document, segmentsOf($ref));
  if (target === undefined) return { ...Object.fromEntries(own), ...unknownSchema() };
  const followed = writtenOut(target, document, [...above, $ref], false);
  return own.length === 0 ? followed : { ...Object.fromEntries(own), $ref: followed };
}

const valued = new Set(['const', 'enum', 'default']);
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas', 'dependentRequired', '$defs']);

/** A value as text, with members by name: the order of its lists is a part of it. */
export function valueText(value: unknown): string | undefined {
  return JSON.stringify(value, (_, member) => (Array.isArray(member) ? member : sorted('', member)));
}

/** Members by name; lists whose order means nothing by their content. */
function sorted(key: string, value: unknown): unknown {
  if (Array.isArray(value)) {
    const isSet = ['required', 'enum', 'type', 'anyOf', 'oneOf', 'allOf'].includes(key);
    return isSet ? [...value].sort((a, b) => ((json(a) ?? '') < (json(b) ?? '') ? -1 : 1)) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
