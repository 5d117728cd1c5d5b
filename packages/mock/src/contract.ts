import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { getHttpOperationsFromSpec, type IHttpOperation } from '#prism-http';
import { checkBuiltFor } from './built-for.ts';
import { MockContractError } from './errors.ts';

/** An operation of the contract, as Prism reads it. Its `iid` is the operationId. */
export type Operation = IHttpOperation;

export const operationName = (operation: Operation): string =>
  operation.iid ?? `${operation.method.toUpperCase()} ${operation.path}`;

const installedContract = (): string => createRequire(import.meta.url).resolve('@didit-data/openapi/didit-data.yaml');

/** The file of a contract. */
export const contractPath = (contract: string | URL | undefined): string => {
  if (contract === undefined) return installedContract();
  if (contract instanceof URL || contract.startsWith('file:')) return fileURLToPath(contract);
  return contract;
};

/** The parser says the file's name with each of its layers, and shows the place in further lines. */
const reasonOf = (cause: unknown): string => {
  const text = cause instanceof Error ? cause.message : String(cause);
  if (text.includes('ENOENT')) return 'there is no such file';
  const [first = ''] = text.split('\n');
  return first.replace(/^(Error parsing .*?: )+/, '').replace(/:$/, '');
};

/** Reads a contract with everything that it refers to. Throws a `MockContractError`. */
export const loadContract = async (contract?: string | URL): Promise<Operation[]> => {
  const shown = contract === undefined ? 'the installed contract' : String(contract);
  let operations: Operation[];
  try {
    const file = contractPath(contract);
    if (contract === undefined) checkBuiltFor(file);
    operations = await getHttpOperationsFromSpec(file);
  } catch (cause) {
    if (cause instanceof MockContractError) throw cause;
    throw new MockContractError(`Cannot read ${shown}: ${reasonOf(cause)}`, { cause });
  }
  if (operations.length === 0) throw new MockContractError(`Cannot use ${shown}: it describes no operation.`);
  return operations;
};
