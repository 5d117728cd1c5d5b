import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { ContractError } from '../errors.ts';
import { rootDirectory } from './paths.ts';

/**
 * Reads a file that every clone has.
 *
 * @throws {ContractError} naming it when it cannot be read, and how to bring it back
 */
export async function readCommitted(file: string): Promise<string> {
  const place = relative(rootDirectory, file);
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ContractError(`${place} cannot be read. Bring it back: git checkout -- ${place}`, { cause });
  });
}
