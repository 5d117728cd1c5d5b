import { ContractError } from '../contract-error.ts';
import { loadOpenApi } from '../load-openapi.ts';
import { disagreements } from './compare.ts';
import { contractFacts } from './contract-facts.ts';
import { readRecords } from './records.ts';

/** What was compared. */
export interface UpstreamCounts {
  /** Things that the contract says. */
  readonly facts: number;
  /** Entries of the records. */
  readonly records: number;
}

/**
 * Fails when the contract and the records of what is documented do not agree.
 *
 * @param contractFile the contract
 * @param directory the folder of the records
 * @throws {ContractError} with a message for each disagreement: the lines of both, and what to do
 */
export async function checkUpstream(contractFile: string, directory: string): Promise<UpstreamCounts> {
  const { document, locate } = await loadOpenApi(contractFile);
  const facts = contractFacts(document);
  const records = await readRecords(directory);
  // Records that cannot be read would look like ones that are missing.
  const messages = records.problems.length > 0 ? records.problems : disagreements(facts, records, locate);
  if (messages.length > 0) {
    throw new ContractError(`The contract and openapi/upstream do not agree:\n${messages.join('\n')}`);
  }
  return { facts: facts.size, records: records.facts.length };
}
