import type { OpenApiDocument } from './document.ts';
import { loadContract } from './load.ts';
import { createLocator, type Locate } from './locate.ts';

/** A contract and a way to find places in it. */
export interface OpenApiContract {
  readonly document: OpenApiDocument;
  readonly locate: Locate;
}

/**
 * Reads a contract with all that it says.
 *
 * @throws {ContractError} when it cannot be read or a reference leads nowhere
 */
export async function loadOpenApi(file: string): Promise<OpenApiContract> {
  const { document } = await loadContract(file);
  return { document: document, locate: await createLocator(file) };
}
