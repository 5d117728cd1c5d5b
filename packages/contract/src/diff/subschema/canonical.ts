import { segmentsOf, valueAt } from '../../document/pointer.ts';
import type { Schema } from '../../document/schema.ts';

/** A schema (`true` accepts every value, `false` none) and the document that its references are in. */
export interface Rooted {
  readonly schema: unknown;
  readonly document: unknown;
}

/** Keywords that do not restrict values. */
export const annotations = new Set([
  ...['title', 'description', '$comment', 'examples', 'example', 'deprecated', 'externalDocs', 'xml'],
  ...['readOnly', 'writeOnly', 'default', 'discriminator'],
]);

/** Annotations that change what callers send and read. */
export const meaningful = ['readOnly', 'writeOnly', 'default', 'discriminator'] as const;

const valued = new Set(['const', 'enum', 'default']);
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas', 'dependentRequired', '$defs']);

const texts = new WeakMap<object, Map<unknown, string>>();

/** A schema as text, with references followed and without meaningless annotations: two equal texts mean the same. */
export function textOf({ schema, document }: Rooted): string {
  if (typeof schema !== 'object' || schema === null) return String(schema);
  const known = texts.get(schema)?.get(document);
  if (known !== undefined) return known;
  const text = json(writtenOut(schema, document, [], false)) ?? '';
  texts.set(schema, (texts.get(schema) ?? new Map()).set(document, text));
  return text;
}

/** A value as JSON in which order does not matter. */
export function json(value: unknown): string | undefined {
  return JSON.stringify(value, sorted);
}

/** A value as JSON in which the order of members does not matter. The order of a list does. */
export function valueText(value: unknown): string | undefined {
  return JSON.stringify(value, (_, member) => (Array.isArray(member) ? member : sorted('', member)));
}

let unknowns = 0;

/** Replaces a reference that names nothing. It equals no other schema, not even another one of these. */
export function unknownSchema(): Schema {
  unknowns += 1;
  return { unknown: unknowns };
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

/** Sorts members by name, and lists without a meaningful order by content. */
function sorted(key: string, value: unknown): unknown {
  if (Array.isArray(value)) {
    const isSet = ['required', 'enum', 'type', 'anyOf', 'oneOf', 'allOf'].includes(key);
    return isSet ? [...value].sort((a, b) => ((json(a) ?? '') < (json(b) ?? '') ? -1 : 1)) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
