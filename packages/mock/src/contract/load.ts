import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import manifest from '@didit-data/openapi/package.json' with { type: 'json' };
import { getHttpOperationsFromSpec, type IHttpOperation } from '#prism-http';
import { MockContractError } from '../errors.ts';
import { findReferences, type Reference } from './references.ts';

/** Version of the contract that this mock was built for, for example `0.1.0`. */
export const contractVersion: string = manifest.version;

/** SHA-256 of the contract that the package was built for. The build defines it; it is absent when run from source. */
declare const BUILT_FOR_CONTRACT: string | undefined;

/** An operation of the contract, as Prism reads it. Its `iid` is the operationId. */
export type Operation = IHttpOperation;

export function operationName(operation: Operation): string {
  return operation.iid ?? `${operation.method.toUpperCase()} ${operation.path}`;
}

/** Path of the contract's file. */
export function contractPath(contract: string | URL | undefined): string {
  if (contract === undefined) return installedContract();
  if (contract instanceof URL || contract.startsWith('file:')) return fileURLToPath(contract);
  return contract;
}

/** An error of the parser. */
interface ParserError extends Error {
  readonly code?: string;
  /** The file that could not be read, or in which something is missing. */
  readonly source?: string;
  /** Node's code when a file could not be opened, for example `ENOENT`. */
  readonly ioErrorCode?: string;
}

/**
 * Reads a contract with every file that it refers to.
 *
 * @throws {MockContractError} when it cannot be read, is not OpenAPI, or describes no operation
 */
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

/** The first line of the parser's message, without the file name that each layer of the parser adds. */
function firstLine({ message }: Error): string {
  const [line = ''] = message.split('\n');
  return line.replace(/^(Error parsing .*?: )+/, '').replace(/[\s:.]+$/, '');
}

/** Describes where a `$ref` is. */
function placeOf({ ref, line, from }: Reference, contract: string): string {
  return `the $ref "${ref}" in line ${line}${from === contract ? '' : ` of ${from}`}`;
}

/** Why a contract cannot be read: which file is at fault, and which `$ref` names it. */
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

/** @throws {MockContractError} when the package was built for another contract than the one in `file` */
function checkBuiltFor(file: string): void {
  if (typeof BUILT_FOR_CONTRACT === 'undefined') return;
  const wanted = BUILT_FOR_CONTRACT;
  const found = hash('sha256', readFileSync(file));
  if (found === wanted) return;
  throw new MockContractError(
    `The installed contract ${file} (${short(found)}) is not the one that this mock was built for (${short(wanted)}). ` +
      'Install the versions of @didit-data/openapi and @didit-data/mock that belong together. In the repository, build ' +
      'the mock again. To serve this contract anyway, name it with the option contract or with --contract.',
  );
}

function short(sha256: string): string {
  return `SHA-256 ${sha256.slice(0, 12)}…`;
}
