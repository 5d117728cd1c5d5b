import { dereference, segmentsOf } from '../document/pointer.ts';
import type { Schema } from '../document/schema.ts';
import type { Audience } from './change.ts';
import type { EngineChange } from './engine.ts';
import { addedProperties, followed, schemasAround } from './relation.ts';
import type { Rooted } from './subschema/canonical.ts';
import { partsOf } from './subschema/cases.ts';
import { matches } from './subschema/fits.ts';
import { areExclusive } from './subschema.ts';

/** Steps from a schema to another schema of the same value. */
const aside = ['allOf', 'anyOf', 'oneOf', 'dependentSchemas', 'not', 'if', 'then', 'else'];

/** The keywords of a schema that hold other schemas of the same value. */
interface Combined extends Readonly<Record<string, unknown>> {
  readonly anyOf?: readonly unknown[];
  readonly oneOf?: readonly unknown[];
  readonly dependentSchemas?: object;
}

/**
 * Whether the contract already described the properties that a change adds. Then values that callers send or read under
 * these names may not match the new properties. If the contract forbade these names, only readers are affected.
 *
 * @param before the contract before the change
 */
export function wasNamed(change: EngineChange, audience: readonly Audience[], before: unknown): boolean {
  const path = segmentsOf(change.path);
  const around = schemasAround(path.slice(0, change.typeName === 'Schema' ? -2 : -1));
  const outermost = around.findLastIndex(({ pointer }, index) => {
    const above = around[index - 1]?.pointer.length;
    return above === undefined || !aside.includes(pointer[above] ?? '');
  });
  const places = around.slice(outermost).map(({ pointer }) => followed(before, pointer));
  if (places.length === 0 || places.includes(undefined)) return true;
  // Of alternatives that exclude each other, the others do not describe a value of this one.
  const apart = places.flatMap((schema) => {
    const { anyOf, oneOf } = (dereference(before, schema) ?? {}) as Combined;
    return [anyOf, oneOf].filter((list) => list !== undefined && areExclusive(list, before));
  });
  const names = addedProperties(change) ?? [];
  const rooted = places.map((schema): Rooted => ({ schema, document: before }));
  return names.some((name) => rooted.some((place) => describes(place, name, audience, apart)));
}

/**
 * Whether a schema limits the property of this name, or whether it may exist.
 *
 * @param apart lists of alternatives that do not count
 */
function describes(
  rooted: Rooted,
  name: string,
  audience: readonly Audience[],
  apart: readonly unknown[],
  depth = 0,
): boolean {
  return partsOf(rooted).some(({ schema, document }) => {
    if (typeof schema !== 'object' || schema === null || depth > 9) return schema === false;
    const { properties, patternProperties, additionalProperties, unevaluatedProperties, ...rest } = schema as Schema;
    const named = Object.hasOwn(properties ?? {}, name);
    const patterned = Object.keys(patternProperties ?? {}).some((pattern) => matches(pattern, name));
    const others = [additionalProperties, unevaluatedProperties].filter((one) => one !== undefined && !isAny(one));
    const isLimited = others.some((one) => one !== false || audience.includes('reader'));
    if (named || patterned || isLimited || rest.propertyNames !== undefined) return true;
    const { dependentSchemas, anyOf = [], oneOf = [], if: condition, then, else: otherwise, not } = rest as Combined;
    const lists = [anyOf, oneOf].filter((list) => !apart.includes(list));
    const inner = [...lists.flat(), condition, then, otherwise, not, ...Object.values(dependentSchemas ?? {})];
    const alternatives = inner.filter((one) => typeof one === 'object');
    return alternatives.some((one) => describes({ schema: one, document }, name, audience, apart, depth + 1));
  });
}

/** Whether a schema accepts every value, as `true` or `{}`. */
function isAny(schema: unknown): boolean {
  return schema === true || (typeof schema === 'object' && Object.keys(schema ?? {}).length === 0);
}
