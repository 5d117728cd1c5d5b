import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument } from '../document/document.ts';
import type { Schema } from '../document/schema.ts';
import { ContractError } from '../errors.ts';

/** Keywords with other schemas in them. The check of a body follows them itself, to know the place in the body. */
const followed = ['$ref', 'properties', 'additionalProperties', 'items', 'anyOf', 'oneOf', 'allOf'];

/** Keywords that change what those above apply to. To ignore them would report deviations that are none. */
const notFollowed = ['patternProperties', 'unevaluatedProperties', 'unevaluatedItems', 'prefixItems'];

/** Checks a value with the keywords of one schema, without the schemas in it. */
export type CheckKeywords = (schema: Schema, value: unknown) => readonly ErrorObject[];

/** Makes the check of a document's schemas, with ajv and formats. */
export function createKeywordCheck(document: OpenApiDocument): CheckKeywords {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'contract', false, false);
  const compiled = new WeakMap<Schema, ValidateFunction>();
  return (schema, value) => {
    let validate = compiled.get(schema);
    if (!validate) {
      const unknown = notFollowed.find((keyword) => Object.hasOwn(schema, keyword));
      if (unknown)
        throw new ContractError(
          `The contract uses \`${unknown}\`, which verify cannot follow yet. Support it in packages/contract/src/verify/check-body.ts.`,
        );
      const own = Object.entries(schema).filter(([keyword]) => !followed.includes(keyword));
      validate = ajv.compile(withAbsoluteReferences(Object.fromEntries(own)) as Schema);
      compiled.set(schema, validate);
    }
    return validate(value) ? [] : (validate.errors ?? []);
  };
}

/** A schema outside of its document cannot refer to the document as `#`. */
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
