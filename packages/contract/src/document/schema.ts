/** A JSON Schema object of the contract, as far as the pipeline reads it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly [keyword: string]: unknown;
}

/** The types of JSON Schema. */
export const types = ['null', 'boolean', 'string', 'integer', 'number', 'array', 'object'] as const;
export type Type = (typeof types)[number];

/** The narrowest type of a JSON value. */
export function typeOf(value: unknown): Type {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as Type;
}

/**
 * An open enum is `anyOf: [{ type: string, enum: […] }, { type: string }]`: it names the known values and accepts
 * any other string.
 *
 * @returns the known values, or `undefined` when the schema is not an open enum
 */
export function openEnumValues(schema: Schema): readonly string[] | undefined {
  const [known, rest, ...more] = schema.anyOf ?? [];
  if (known?.type !== 'string' || !known.enum || !rest || !isAnyString(rest) || more.length > 0) {
    return undefined;
  }
  return known.enum.map(String);
}

/** Keywords of a schema that accepts every string. */
const notes = ['type', 'title', 'description', '$comment', 'example', 'examples', 'deprecated', 'externalDocs'];

function isAnyString(schema: Schema): boolean {
  return schema.type === 'string' && Object.keys(schema).every((key) => notes.includes(key) || key.startsWith('x-'));
}
