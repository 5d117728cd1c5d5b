import { relative } from 'node:path';
import openapiTS, { astToString, type OpenAPI3, type SchemaObject } from 'openapi-typescript';
import ts from 'typescript';
import { type OpenApiDocument, resolved } from '../document/document.ts';
import { type Contract, nextStep, withLines } from '../document/load.ts';
import { memberOf, pointerTo } from '../document/pointer.ts';
import { openEnumValues, type Schema } from '../document/schema.ts';
import { ContractError } from '../errors.ts';
import { rootDirectory } from '../repository/paths.ts';

/**
 * Makes the TypeScript types of a contract with openapi-typescript, and open enums that still autocomplete.
 *
 * @throws {ContractError} when openapi-typescript cannot read the contract, or a reference is broken or circular
 */
export async function generateTypes({ file, document, locate }: Contract): Promise<string> {
  // A request may omit a member with a default, and a response need not hold it.
  const options = { transform: openEnum, defaultNonNullable: false };
  const copy = withLines(locate, () => withoutChains(document));
  const nodes = await openapiTS(copy as unknown as OpenAPI3, options).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const place = relative(rootDirectory, file);
    throw new ContractError(`${place}: no types can be generated: ${reason}. Correct it.\n${nextStep}`, { cause });
  });
  return astToString(nodes);
}

/** A copy in which no component other than a schema refers to another: openapi-typescript gives such a one a wrong type. */
function withoutChains(document: OpenApiDocument): OpenApiDocument {
  const copy = structuredClone(document);
  for (const [kind, members] of Object.entries(copy.components).filter(([kind]) => kind !== 'schemas')) {
    for (const [name, node] of Object.entries(members as Record<string, object>)) {
      if (memberOf(node, '$ref') === undefined) continue;
      Reflect.set(members, name, resolved(document, { node, pointer: pointerTo('#/components', kind, name) }).node);
    }
  }
  return copy;
}

/** `'a' | 'b' | (string & Record<never, never>)`: with a plain `string`, the union would lose the known values. */
function openEnum(schema: SchemaObject): ts.TypeNode | undefined {
  const values = openEnumValues(schema as Schema);
  if (!values) return undefined;
  const { factory } = ts;
  const never = factory.createKeywordTypeNode(ts.SyntaxKind.NeverKeyword);
  return factory.createUnionTypeNode([
    ...values.map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(value))),
    factory.createIntersectionTypeNode([
      factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
      factory.createTypeReferenceNode('Record', [never, never]),
    ]),
  ]);
}
