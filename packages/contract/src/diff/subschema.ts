import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Schema, Type } from '../document/schema.ts';
import { annotations, type Rooted, textOf, valueText } from './subschema/canonical.ts';
import { accepts, type Case, casesOf, mayHold, partsOf, sayingsOf, typesOf, whole } from './subschema/cases.ts';
import { arrayFits, boundFits, memberParts, objectFits, requiredOf } from './subschema/fits.ts';

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

const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false });

/**
 * Whether another schema certainly accepts each value that a schema accepts.
 *
 * @returns `false` also when it cannot be proven
 */
export function isWithin(inner: Rooted, outer: Rooted): boolean {
  return within([inner], outer, []);
}

/** Whether certainly no value matches two of these schemas. */
export function areExclusive(alternatives: readonly unknown[], document: unknown): boolean {
  const rooted = alternatives.map((schema): Rooted => ({ schema, document }));
  return rooted.every((one, index) => {
    const cases = casesOf(partsOf(one));
    const others = rooted.slice(index + 1);
    return cases?.every((value) => others.every((other) => isDisjoint(value, other))) ?? others.length === 0;
  });
}

/** Whether a schema describes or limits the property of this name, or properties of any name. */
export function concernsMember(rooted: Rooted, name: string): boolean {
  const text = textOf(rooted);
  const ofAny = /"(additionalProperties|patternProperties|unevaluatedProperties|propertyNames|(min|max)Properties)":/;
  return ofAny.test(text) || text.includes(JSON.stringify(name));
}

/** @param seen pairs under comparison: values are finite, so a recursive schema may rely on itself */
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

/** Whether all values of a case match a part of the outer schema. */
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

/** Whether a known part has the same keyword, with references followed. */
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

/** Whether all values of a case match a schema. */
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

/** The alternatives, as text, of which each value of a case matches exactly one; empty when there are none. */
function exclusiveOf({ parts }: Case): readonly string[] {
  const known = parts.find(({ schema }) => (schema as { [whole]?: Schema } | null)?.[whole]?.oneOf);
  const { oneOf = [] } = (known?.schema as { [whole]?: { oneOf?: unknown[] } } | undefined)?.[whole] ?? {};
  return oneOf.map((schema) => textOf({ schema, document: known?.document }));
}

function count(texts: readonly string[], text: string): number {
  return texts.filter((one) => one === text).length;
}

/** Whether certainly no value of a case matches a schema. */
function isDisjoint(one: Case, other: Rooted, depth = 0): boolean {
  const cases = casesOf(partsOf(other));
  if (!cases || depth > 3) return false;
  return cases.every((two) => {
    if (one.value) {
      return two.value ? valueText(one.value.is) !== valueText(two.value.is) : !accepts([two.type], one.type);
    }
    if (two.value) return !accepts([one.type], two.type);
    if (one.type !== two.type) return !accepts([one.type], two.type) && !accepts([two.type], one.type);
    if (one.type !== 'object') return false;
    return [...requiredOf(one.parts), ...requiredOf(two.parts)].some((name) => {
      const [mine, theirs] = [memberParts(one.parts, name), memberParts(two.parts, name)];
      const own = casesOf(mine.flatMap((part) => partsOf(part)));
      return own?.every((value) => isDisjoint(value, allOf(theirs), depth + 1)) ?? false;
    });
  });
}

/** Joins parts of one document into one schema. */
function allOf(parts: readonly Rooted[]): Rooted {
  return { schema: { allOf: parts.map(({ schema }) => schema) }, document: parts[0]?.document };
}

function hasUnevaluated(schema: unknown): boolean {
  return (
    typeof schema === 'object' &&
    schema !== null &&
    ('unevaluatedProperties' in schema || 'unevaluatedItems' in schema || '$dynamicRef' in schema || '$id' in schema)
  );
}
