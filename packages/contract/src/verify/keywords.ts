import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument } from '../document/document.ts';
import type { Schema } from '../document/schema.ts';
import { ContractError } from '../errors.ts';

/** Keywords that lead to other schemas; whoever looks at a body follows them one by one, to know where it is. */
const followed = ['$ref', 'properties', 'additionalProperties', 'items', 'anyOf', 'oneOf', 'allOf'];

/** Keywords that say which members or items those above are about: half a check would invent deviations. */
const notFollowed = ['patternProperties', 'unevaluatedProperties', 'unevaluatedItems', 'prefixItems'];

/** What the keywords of one schema say of a value, without those of the schemas in it. */
export type CheckKeywords = (schema: Schema, value: unknown) => readonly ErrorObject[];

/** Checks by ajv, with formats, of a document's schemas. */
export function createKeywordCheck(document: OpenApiDocument): CheckKeywords {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'contract', false, false);
  const compiled = new WeakMap<Schema, ValidateFunction>();
  return (schema, value) => {
    let validate = compiled.get(schema);
    if (!validate) {
      const unknown = notFollowed.find((keyword) => Object.hasOwn(schema, keyword));
      if (unknown) throw new ContractError(`The contract uses \`${unknown}\`, which verify cannot follow yet.`);
      const own = Object.entries(schema).filter(([keyword]) => !followed.includes(keyword));
      validate = ajv.compile(withAbsoluteReferences(Object.fromEntries(own)) as Schema);
      compiled.set(schema, validate);
    }
    return validate(value) ? [] : (validate.errors ?? []);
  };
}

/** What is taken out of the document can no longer refer to it as `#`. */
function withAbsoluteReferences(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withAbsoluteReferences);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) =>
      keyword === '$ref' && typeof value === 'string' && value.startsWith('#')
        ? [keyword, `contract${value}`]
        : [keyword, withAbsoluteReferences(value)],
    ),
  );
}
