import { relative } from 'node:path';
import openapiTS, { astToString, type OpenAPI3, type SchemaObject } from 'openapi-typescript';
import ts from 'typescript';
import { type OpenApiDocument, pointerTo, resolved } from '../document/document.ts';
import { loadContract, nextStep } from '../document/load.ts';
import { openEnumValues, type Schema } from '../document/schema.ts';
import { ContractError } from '../errors.ts';
import { rootDirectory } from '../repository/paths.ts';

/** TypeScript types of the contract, by openapi-typescript, with open enums that still autocomplete. */
export async function generateTypes(file: string): Promise<string> {
  // A request may leave a member with a default out, and nothing says that a response holds it.
  const options = { transform: openEnum, defaultNonNullable: false };
  const { document } = await loadContract(file);
  const nodes = await openapiTS(withoutChains(document) as unknown as OpenAPI3, options).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const place = relative(rootDirectory, file);
    throw new ContractError(`${place}: no types can be generated: ${reason}. Correct it.\n${nextStep}`, { cause });
  });
  return astToString(nodes);
}

/** A copy without components that refer to another one, of which openapi-typescript makes something else. */
function withoutChains(document: OpenApiDocument): OpenApiDocument {
  const copy = structuredClone(document);
  for (const [kind, members] of Object.entries(copy.components).filter(([kind]) => kind !== 'schemas')) {
    for (const [name, node] of Object.entries(members as Record<string, object>)) {
      Reflect.set(members, name, resolved(document, { node, pointer: pointerTo('#/components', kind, name) }).node);
    }
  }
  return copy;
}

/** `'a' | 'b' | (string & Record<never, never>)`: a plain `string` in the union would swallow the known values. */
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
