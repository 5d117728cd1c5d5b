import type { OpenApiDocument } from '../document.ts';
import { loadContract } from '../load.ts';
import { createLocator } from '../locate.ts';
import type { VerifiedContract } from './verify.ts';

/**
 * Reads a contract to verify against.
 *
 * @throws {ContractError} when it cannot be read or a reference leads nowhere
 */
export async function loadVerifiedContract(file: string): Promise<VerifiedContract> {
  const { document } = await loadContract(file);
  return { document: document as unknown as OpenApiDocument, locate: await createLocator(file) };
}
