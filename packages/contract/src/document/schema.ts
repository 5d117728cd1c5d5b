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
  if (known?.type !== 'string' || !known.enum || rest?.type !== 'string' || rest.enum || more.length > 0) {
    return undefined;
  }
  return known.enum.map(String);
}
