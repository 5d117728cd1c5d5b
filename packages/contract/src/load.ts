import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { bundle, createConfig, getLineColLocation, type LocationObject } from '@redocly/openapi-core';
import { ContractError } from './contract-error.ts';
import { rootDirectory } from './paths.ts';
import type { Schema } from './schema.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}
interface OperationObject {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Response>>;
}

/** The contract's document, bundled: every `$ref` is local, except that examples are taken in. */
interface ContractDocument {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Partial<Record<(typeof methods)[number], OperationObject>>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses?: Readonly<Record<string, Response>>;
  };
}

interface Operation {
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  /** The path template, for example `/auth/v2/session/{session_id}/status/`. */
  readonly path: string;
  /** The JSON schemas of its 2xx responses. */
  readonly successSchemas: readonly Schema[];
}

export interface Contract {
  readonly document: ContractDocument;
  /** SHA-256 of the file's text with line feeds, hexadecimal: any edit changes it. */
  readonly sha256: string;
  readonly operations: readonly Operation[];
}

/**
 * Reads and bundles the contract.
 *
 * @throws {ContractError} naming file, line and column, when it cannot be read or a reference leads nowhere
 */
export async function loadContract(file: string): Promise<Contract> {
  const sha256 = await contractSha256(file);
  const document = await bundleContract(file);
  return { document, sha256, operations: operationsOf(document) };
}

/**
 * @returns the SHA-256 of a contract's text with line feeds, hexadecimal
 * @throws {ContractError} when it cannot be read
 */
export async function contractSha256(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ContractError(`${relative(rootDirectory, file)} cannot be read`, { cause });
  });
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

async function bundleContract(file: string): Promise<ContractDocument> {
  const { bundle: bundled, problems } = await bundle({ ref: file, config: await createConfig({}) }).catch(
    (cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ContractError(`${relative(rootDirectory, file)}: ${reason}`, { cause });
    },
  );
  const [problem] = problems.filter(({ severity }) => severity === 'error');
  if (problem) {
    const [place] = problem.location;
    throw new ContractError(`${place ? placeOf(place) : relative(rootDirectory, file)}: ${problem.message}`);
  }
  return bundled.parsed as ContractDocument;
}

function placeOf(location: LocationObject): string {
  const { source, start } = getLineColLocation(location);
  return `${relative(rootDirectory, source.absoluteRef)}:${start.line}:${start.col}`;
}

function operationsOf(document: ContractDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      return [
        {
          id: operation.operationId,
          method: method.toUpperCase(),
          path,
          successSchemas: Object.entries(operation.responses)
            .filter(([status]) => status.startsWith('2'))
            .map(([, response]) => response.content?.['application/json']?.schema)
            .filter((schema) => schema !== undefined),
        },
      ];
    }),
  );
}
