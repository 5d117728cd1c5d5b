import { readFile } from 'node:fs/promises';
import { type LocatedOperation, operationsIn } from '../../src/document/document.ts';
import { loadContract } from '../../src/document/load.ts';
import { contractFile } from '../../src/repository/paths.ts';

export const contract = await loadContract(contractFile);

export const operations = operationsIn(contract.document);

export function operation(id: string): LocatedOperation {
  const found = operations.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`the contract has no ${id}`);
  return found;
}

const lines = (await readFile(contractFile, 'utf8')).split('\n');

/** The text of a line of the contract, without its indentation. */
export function lineText(line: number): string {
  return lines[line - 1]?.trim() ?? '';
}
