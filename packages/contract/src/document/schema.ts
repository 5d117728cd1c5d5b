/** A JSON Schema object of the contract, as far as the pipeline reads it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly [keyword: string]: unknown;
}

/**
 * An open enum is `anyOf: [{ type: string, enum: […] }, { type: string }]`: it names the values that are known and
 * accepts every other string.
 *
 * @returns the known values, or `undefined` when the schema is no open enum
 */
export function openEnumValues(schema: Schema): readonly string[] | undefined {
  const [known, rest, ...more] = schema.anyOf ?? [];
  if (known?.type !== 'string' || !known.enum || !rest || !isAnyString(rest) || more.length > 0) {
    return undefined;
  }
  return known.enum.map(String);
}

/** What a schema may say of strings and still accept each of them. */
const notes = ['type', 'title', 'description', '$comment', 'example', 'examples', 'deprecated', 'externalDocs'];

function isAnyString(schema: Schema): boolean {
  return schema.type === 'string' && Object.keys(schema).every((key) => notes.includes(key) || key.startsWith('x-'));
}
