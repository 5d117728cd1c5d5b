import type { Schema } from '../../document/schema.ts';
import { json, type Rooted } from './canonical.ts';

/** Whether values that match all `inner` schemas match the outer one. */
type Sub = (inner: readonly Rooted[], outer: unknown) => boolean;

/** Whether objects that match all parts match a keyword of the outer schema. */
export function objectFits(parts: readonly Rooted[], keyword: string, schema: Schema, sub: Sub): boolean {
  const member = (name: string): Rooted[] => {
    const known = memberParts(parts, name);
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

/** Whether arrays that match all parts match a keyword of the outer schema. */
export function arrayFits(parts: readonly Rooted[], keyword: string, schema: Schema, sub: Sub): boolean {
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

/** Whether a known limit is at least as strict. */
export function boundFits(parts: readonly Rooted[], keyword: string, limit: unknown): boolean {
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

export function requiredOf(parts: readonly Rooted[]): string[] {
  return parts.flatMap(({ schema }) => ((schema as Schema).required as string[] | undefined) ?? []);
}

/** The schemas of a member of an object; empty when there are none. */
export function memberParts(parts: readonly Rooted[], name: string): Rooted[] {
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

function itemsOf(parts: readonly Rooted[]): Rooted[] {
  const known = parts.flatMap(({ schema, document }) => {
    const { items } = schema as Schema;
    return items === undefined ? [] : [{ schema: items, document }];
  });
  return known.length > 0 ? known : [{ schema: {}, document: undefined }];
}

/** Whether a name matches a pattern of `patternProperties`. */
export function matches(pattern: string, name: string): boolean {
  return new RegExp(pattern, 'u').test(name);
}
