import { join, relative } from 'node:path';
import { ContractError } from '../errors.ts';
import { rootDirectory } from './paths.ts';
import { readCommitted } from './read-committed.ts';

/** What the pipeline reads of a package's `package.json`. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
}

/**
 * Reads a package's `package.json`.
 *
 * @param folder the package's, absolute
 * @throws {ContractError} naming the file when it is not there, or no JSON
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, 'package.json');
  const text = await readCommitted(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const place = relative(rootDirectory, file);
    throw new ContractError(`${place}: ${cause instanceof Error ? cause.message : cause}. Correct the syntax there.`);
  }
}
