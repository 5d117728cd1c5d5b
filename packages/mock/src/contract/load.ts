import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { getHttpOperationsFromSpec, type IHttpOperation } from '#prism-http';
import { MockContractError } from '../errors.ts';
import { checkBuiltFor } from './built-for.ts';
import { findReferences, type Reference } from './references.ts';

/** An operation of the contract, as Prism reads it. Its `iid` is the operationId. */
export type Operation = IHttpOperation;

export function operationName(operation: Operation): string {
  return operation.iid ?? `${operation.method.toUpperCase()} ${operation.path}`;
}

/** The file of a contract. */
export function contractPath(contract: string | URL | undefined): string {
  if (contract === undefined) return installedContract();
  if (contract instanceof URL || contract.startsWith('file:')) return fileURLToPath(contract);
  return contract;
}

/** An error of the parser: what went wrong, and in which file. */
interface ParserError extends Error {
  readonly code?: string;
  /** The file that could not be read, or in which something is missing. */
  readonly source?: string;
  /** Node's code when a file could not be opened, for example `ENOENT`. */
  readonly ioErrorCode?: string;
}

/** Reads a contract with everything that it refers to. Throws a `MockContractError`. */
export async function loadContract(contract?: string | URL): Promise<Operation[]> {
  const shown = contract === undefined ? 'the installed contract' : String(contract);
  const file = contractPath(contract);
  let operations: Operation[];
  try {
    if (contract === undefined) checkBuiltFor(file);
    operations = await getHttpOperationsFromSpec(file);
  } catch (cause) {
    if (cause instanceof MockContractError) throw cause;
    throw new MockContractError(`Cannot read ${shown}: ${reasonOf(cause, file)}.`, { cause });
  }
  if (operations.length === 0) throw new MockContractError(`Cannot use ${shown}: it describes no operation.`);
  return operations;
}

function installedContract(): string {
  return createRequire(import.meta.url).resolve('@didit-data/openapi/didit-data.yaml');
}

/** The first line of the parser's message, which names the file with each of its layers and shows the place below. */
function firstLine({ message }: Error): string {
  const [line = ''] = message.split('\n');
  return line.replace(/^(Error parsing .*?: )+/, '').replace(/[\s:.]+$/, '');
}

/** The place of a `$ref` in words. */
function placeOf({ ref, line, from }: Reference, contract: string): string {
  return `the $ref "${ref}" in line ${line}${from === contract ? '' : ` of ${from}`}`;
}

/** Why a contract cannot be read: the file that is at fault, and the `$ref` that leads to it. */
function reasonOf(cause: unknown, file: string): string {
  if (!(cause instanceof Error)) return String(cause);
  const { code, source, ioErrorCode, message }: ParserError = cause;
  const contract = resolve(file);
  const isMissing = ioErrorCode === 'ENOENT' || message.includes('ENOENT');
  const isSource = (path: string): boolean => path === source || pathToFileURL(path).pathname === source;
  if (source === undefined || (isSource(contract) && code !== 'EMISSINGPOINTER')) {
    return isMissing ? 'there is no such file' : firstLine(cause);
  }
  const references = findReferences(contract).filter(({ target }) => isSource(target));
  if (code === 'EMISSINGPOINTER') {
    const [, name, pointer = ''] = /token "(.*)" in "#?(.*)" does not exist/.exec(message) ?? [];
    const broken = references.find((reference) => reference.pointer === pointer);
    if (!broken || name === undefined) return firstLine(cause);
    const target = broken.target === contract ? 'the contract' : broken.target;
    return `${placeOf(broken, contract)} is broken, because ${target} has no "${name}" there`;
  }
  const [reference] = references;
  if (!reference) return firstLine(cause);
  const { target } = reference;
  const place = placeOf(reference, contract);
  if (isMissing) return `${place} names the file ${target}, which does not exist`;
  if (code === 'EPARSER') return `${place} names the file ${target}, which cannot be parsed: ${firstLine(cause)}`;
  return `${place} names ${target}, which cannot be read${ioErrorCode === undefined ? '' : ` (${ioErrorCode})`}`;
}
