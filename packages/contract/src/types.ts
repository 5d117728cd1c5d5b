import { pathToFileURL } from 'node:url';
import openapiTS, { astToString, type SchemaObject } from 'openapi-typescript';
import ts from 'typescript';
import { openEnumValues, type Schema } from './schema.ts';

/** TypeScript types of the contract, by openapi-typescript, with open enums that still autocomplete. */
export async function generateTypes(file: string): Promise<string> {
  return astToString(await openapiTS(pathToFileURL(file), { transform: openEnum, defaultNonNullable: false }));
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
