import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString, type SchemaObject } from 'openapi-typescript';
import ts from 'typescript';
import { nextStep } from '../document/load.ts';
import { openEnumValues, type Schema } from '../document/schema.ts';
import { ContractError } from '../errors.ts';
import { rootDirectory } from '../repository/paths.ts';

/**
 * Makes the TypeScript types of a contract with openapi-typescript, and open enums that still autocomplete.
 *
 * @throws {ContractError} when openapi-typescript cannot read the contract
 */
export async function generateTypes(file: string): Promise<string> {
  // A request may omit a member with a default, and a response need not hold it.
  const options = { transform: openEnum, defaultNonNullable: false };
  const nodes = await openapiTS(pathToFileURL(file), options).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const place = relative(rootDirectory, file);
    throw new ContractError(`${place}: no types can be generated: ${reason}. Correct it.\n${nextStep}`, { cause });
  });
  return astToString(nodes);
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
