import { type Located, type OpenApiDocument, referred, within } from '../document/document.ts';
import { pointerTo } from '../document/pointer.ts';
import { openEnumValues, type Schema } from '../document/schema.ts';
import { PlaceError } from '../errors.ts';

type SchemaOrBoolean = Schema | boolean;

/** Schemas that refer to each other by name, reduced to what is enforced. */
export interface ValidationSchemas {
  /** By name. A `$ref` in them is the name of another. */
  readonly schemas: ReadonlyMap<string, Located<SchemaOrBoolean>>;
  /** Whether one of them uses `unevaluatedProperties` or `unevaluatedItems`. */
  readonly hasUnevaluated: boolean;
}

/** The keywords of JSON Schema 2020-12 that hold other schemas. A keyword in none of these lists is not enforced. */
const onThisValue = ['not', 'if', 'then', 'else'];
const onParts = [
  ...['items', 'contains', 'unevaluatedItems'],
  ...['additionalProperties', 'propertyNames', 'unevaluatedProperties'],
];
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const maps = ['properties', 'patternProperties', 'dependentSchemas'];

/** Keywords that do not apply to `null`, because each is about values of another type. */
const notAboutNull = [
  ...['multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'],
  ...['maxLength', 'minLength', 'pattern'],
  ...['maxItems', 'minItems', 'uniqueItems', 'maxContains', 'minContains', 'items', 'prefixItems', 'contains'],
  ...['maxProperties', 'minProperties', 'required', 'dependentRequired', 'dependentSchemas', 'propertyNames'],
  ...['properties', 'patternProperties', 'additionalProperties', 'unevaluatedItems', 'unevaluatedProperties'],
];
const schemaKeywords = [...onThisValue, ...onParts, ...lists, ...maps];
const assertions = [...notAboutNull.filter((keyword) => !schemaKeywords.includes(keyword)), 'type', 'enum', 'const'];
const enforced = new Set(['$ref', ...schemaKeywords, ...assertions]);
const asserted = new Set(assertions);

/** They change what a `$ref` means, and other tools that read the contract disagree about how. */
const refused = ['$id', '$dynamicRef', '$dynamicAnchor'];

/**
 * Reduces schemas, and the schemas they refer to, to what the client enforces. It drops annotations and formats. An
 * open enum becomes a string, and a schema or null becomes one schema, so that errors are precise. No verdict changes.
 *
 * @param roots schemas by a name that no `$ref` has
 * @throws {PlaceError} when a schema cannot be enforced
 */
export function validationSchemas(
  document: OpenApiDocument,
  roots: ReadonlyMap<string, Located<SchemaOrBoolean>>,
): ValidationSchemas {
  const schemas = new Map<string, Located<SchemaOrBoolean>>();
  const names = new Map<string, string>();
  /** For each schema, the schemas that it applies to the same value. */
  const applied = new Map<string, Set<string>>();
  const queue: (() => void)[] = [];
  let hasUnevaluated = false;

  for (const [name, root] of roots) add(name, root);
  for (let next = queue.shift(); next; next = queue.shift()) next();
  for (const name of schemas.keys()) refuseCircle(name, []);
  return { schemas, hasUnevaluated };

  function add(name: string, { node, pointer }: Located<SchemaOrBoolean>): void {
    const own = new Set<string>();
    applied.set(name, own);
    queue.push(() => schemas.set(name, { node: reduce({ node, pointer }, own), pointer }));
  }

  /** @param own collects the schemas that apply to the same value; `undefined` for a part of the value */
  function reduce(schema: Located<SchemaOrBoolean>, own: Set<string> | undefined): SchemaOrBoolean {
    const { node, pointer } = schema;
    if (typeof node === 'boolean') return node;
    checkKeywords(node, pointer);
    const reduced: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(node)) {
      if (!enforced.has(keyword)) continue;
      if (keyword === '$ref') Object.assign(reduced, reference({ node, pointer }, own));
      else if (asserted.has(keyword)) reduced[keyword] = value;
      else if (onThisValue.includes(keyword)) reduced[keyword] = reduce(part(keyword), own);
      else if (onParts.includes(keyword)) reduced[keyword] = reduce(part(keyword), undefined);
      else if (lists.includes(keyword)) {
        const inside = keyword === 'prefixItems' ? undefined : own;
        reduced[keyword] = (value as unknown[]).map((_, index) => reduce(part(keyword, index), inside));
      } else if (maps.includes(keyword)) {
        const inside = keyword === 'dependentSchemas' ? own : undefined;
        const entries = Object.keys(value as object).map((name) => [name, reduce(part(keyword, name), inside)]);
        reduced[keyword] = Object.fromEntries(entries);
      }
    }
    if (isText(reduced.propertyNames)) delete reduced.propertyNames; // every name is a string
    return withNull({ node, pointer }, withOpenEnum(reduced), own);

    function part(...segments: [string, (string | number)?]): Located<SchemaOrBoolean> {
      const inner = segments.reduce<unknown>((from, segment) => Reflect.get(from as object, segment ?? ''), node);
      return within(schema, inner as SchemaOrBoolean, ...(segments as string[]));
    }
  }

  function checkKeywords(node: Schema, pointer: string): void {
    const unknown = refused.find((keyword) => Object.hasOwn(node, keyword));
    if (unknown) {
      const remedy = 'Leave it out, and refer to schemas by their place, for example `#/components/schemas/Name`.';
      throw new PlaceError(`\`${unknown}\` cannot be enforced`, pointerTo(pointer, unknown), remedy);
    }
    for (const pattern of [node.pattern, ...Object.keys(node.patternProperties ?? {})]) {
      if (typeof pattern === 'string') checkPattern(pattern, pointer);
    }
    hasUnevaluated ||= Object.hasOwn(node, 'unevaluatedProperties') || Object.hasOwn(node, 'unevaluatedItems');
  }

  function reference(schema: Located<Schema>, own: Set<string> | undefined): Schema {
    const target = follow(referred<SchemaOrBoolean>(document, schema.node.$ref as string, schema.pointer));
    const { node } = target;
    const isString =
      typeof node === 'object' && enforcedKeywords(node).length === 1 && isText(withOpenEnum({ ...node }));
    if (isString && schema.node.type === undefined) return { type: 'string' };
    return { $ref: nameOf(target, own) };
  }

  function nameOf(target: Located<SchemaOrBoolean>, own: Set<string> | undefined, kind = ''): string {
    const key = `${target.pointer}${kind}`;
    const known = names.get(key);
    const name = known ?? `schema${names.size}`;
    own?.add(name);
    if (known === undefined) {
      names.set(key, name);
      add(name, target);
    }
    return name;
  }

  /** Follows schemas that are only a `$ref`. */
  function follow(schema: Located<SchemaOrBoolean>): Located<SchemaOrBoolean> {
    let at = schema;
    for (const seen = new Set<string>(); typeof at.node === 'object' && at.node.$ref !== undefined; ) {
      if (enforcedKeywords(at.node).length > 1) break;
      if (seen.has(at.pointer)) throw inCircle(at.pointer);
      seen.add(at.pointer);
      at = referred<SchemaOrBoolean>(document, at.node.$ref, at.pointer);
    }
    return at;
  }

  /** Makes `[X, { type: null }]` of `anyOf` or `oneOf` one schema with two types. */
  function withNull({ node, pointer }: Located<Schema>, reduced: Schema, own: Set<string> | undefined): Schema {
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const branches = node[keyword];
      if (!Array.isArray(branches) || branches.length !== 2 || Object.keys(reduced).length !== 1) continue;
      const index = branches.findIndex((branch) => !isNull(branch));
      if (index === -1 || !isNull(branches[1 - index])) continue;
      const inner = { node: branches[index] as SchemaOrBoolean, pointer: pointerTo(pointer, keyword, index) };
      const value = follow(inner);
      const nullable = typeof value.node === 'object' && orNull(value.node);
      if (!nullable) continue;
      const both = { node: nullable, pointer: value.pointer };
      return value === inner ? (reduce(both, own) as Schema) : { $ref: nameOf(both, own, ' or null') };
    }
    return reduced;
  }

  function refuseCircle(name: string, above: readonly string[]): void {
    if (above.includes(name)) throw inCircle(schemas.get(name)?.pointer ?? '#');
    for (const other of applied.get(name) ?? []) refuseCircle(other, [...above, name]);
    applied.delete(name); // it is in no circle
  }
}

function enforcedKeywords(node: Schema): string[] {
  return Object.keys(node).filter((keyword) => enforced.has(keyword));
}

/** An open enum accepts every string: its known values are not enforced. */
function withOpenEnum(schema: Schema): Schema {
  const { anyOf, ...rest } = schema;
  if (!anyOf || !openEnumValues(schema) || !isText(anyOf[1])) return schema;
  if (rest.type === undefined) return { ...rest, type: 'string' };
  return rest.type === 'string' ? rest : schema;
}

/** The schema with null as one more type, or `undefined` when that would change more. */
function orNull(schema: Schema): Schema | undefined {
  const { type, enum: values } = schema;
  const types = type === undefined ? [] : [type].flat();
  const isSimple = enforcedKeywords(schema).every((keyword) => ['type', 'enum', ...notAboutNull].includes(keyword));
  if (types.length === 0 || types.includes('null') || values?.includes(null) || !isSimple) return undefined;
  return { ...schema, type: [...types, 'null'], ...(values && { enum: [...values, null] }) };
}

function isText(schema: unknown): boolean {
  return isOnly(schema, 'string');
}

function isNull(schema: unknown): boolean {
  return isOnly(schema, 'null');
}

/** Whether a schema enforces a type and nothing else. */
function isOnly(schema: unknown, type: string): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  return Reflect.get(schema, 'type') === type && enforcedKeywords(schema as Schema).length === 1;
}

/** JSON Schema's patterns are JavaScript's with the flag `u`. */
function checkPattern(pattern: string, pointer: string): void {
  try {
    new RegExp(pattern, 'u');
  } catch {
    const remedy = 'Write it as a regular expression of JavaScript with the flag `u`.';
    throw new PlaceError(`The pattern ${JSON.stringify(pattern)} is not a regular expression`, pointer, remedy);
  }
}

function inCircle(pointer: string): PlaceError {
  return new PlaceError('The schema refers to itself', pointer, 'Put a member or an item between a schema and itself.');
}
