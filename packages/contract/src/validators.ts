import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import type { Contract } from './load.ts';
import { nullableOf, openEnumValues, type Schema } from './schema.ts';

/**
 * Validators of every operation's 2xx body as one ES module: no import, no `eval`, no `new Function`.
 *
 * They check what the contract says of shapes and types. What it says of formats and of the values of open enums
 * informs and is not enforced; members that it does not name always pass.
 */
export async function generateValidators({ document, operations }: Contract): Promise<string> {
  const ajv = new Ajv({
    strict: false, // OpenAPI's own keywords stand among JSON Schema's
    allErrors: true,
    validateFormats: false,
    unicode: false, // the contract only asks of a string whether it is empty, which needs no code points
    logger: false,
    code: { source: true, esm: true, optimize: 2 },
  });
  const exported: Record<string, string> = {};
  for (const { id, successSchemas } of operations) {
    const schemas = successSchemas.map((schema) => forValidation(schema, document.components.schemas));
    const distinct = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
    if (distinct.length === 0) continue;
    ajv.addSchema(distinct.length === 1 ? (distinct[0] as Schema) : { anyOf: distinct }, id);
    exported[id] = id;
  }
  return bundled(withoutUnreadFields(standalone.default(ajv, exported)));
}

/** Each error says where in the body and which rule; its place in the schema is a fifth of the code and never read. */
function withoutUnreadFields(code: string): string {
  return code.replace(/schemaPath:"(?:[^"\\]|\\.)*",/g, '').replace(/,params:(?:\{[^{}]*\})(?=,message:)/g, '');
}

/** Takes references in, and leaves out what is not enforced, so that the code is small and its errors are precise. */
function forValidation(
  schema: Schema,
  schemas: Readonly<Record<string, Schema>>,
  seen: readonly string[] = [],
): Schema {
  if (schema.$ref) {
    const name = schema.$ref.replace('#/components/schemas/', '');
    const target = schemas[name];
    if (!target) throw new Error(`${schema.$ref} is not a schema of the contract`);
    if (seen.includes(name)) return {}; // a schema within itself is checked one level deep
    return forValidation(target, schemas, [...seen, name]);
  }
  if (openEnumValues(schema)) return { type: 'string' };
  const nullable = nullableOf(schema);
  if (nullable) {
    const inner = forValidation(nullable, schemas, seen);
    if (inner.type) return { ...inner, type: [...new Set([inner.type, 'null'].flat())] };
  }
  const { propertyNames: _, description: __, examples: ___, example: ____, ...rest } = schema;
  return Object.fromEntries(
    Object.entries(rest)
      .filter(([keyword]) => !keyword.startsWith('x-'))
      .map(([keyword, value]) => [keyword, keywordForValidation(keyword, value, schemas, seen)]),
  );
}

function keywordForValidation(
  keyword: string,
  value: unknown,
  schemas: Readonly<Record<string, Schema>>,
  seen: readonly string[],
): unknown {
  const each = (schema: unknown) => forValidation(schema as Schema, schemas, seen);
  switch (keyword) {
    case 'properties':
      return Object.fromEntries(Object.entries(value as object).map(([name, schema]) => [name, each(schema)]));
    case 'anyOf':
    case 'allOf':
    case 'oneOf':
      return (value as unknown[]).map(each);
    case 'items':
    case 'additionalProperties':
    case 'not':
      return typeof value === 'object' ? each(value) : value;
    default:
      return value;
  }
}

/** Takes in what ajv's code requires from its runtime. */
async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    treeShaking: true,
    minifyWhitespace: true, // formatted later; this leaves out the comments that name source paths
    write: false,
    logLevel: 'silent',
  });
  const [output] = outputFiles;
  if (!output) throw new Error('esbuild made no output');
  return output.text;
}
