import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ContractError } from './contract-error.ts';
import { rootDirectory } from './paths.ts';

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
  const place = relative(rootDirectory, file);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new ContractError(`${place} cannot be read. Bring it back: git checkout -- ${place}`);
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ContractError(`${place}: ${cause instanceof Error ? cause.message : cause}. Correct the syntax there.`);
  }
}
