import type { ContractFact } from './contract-facts.ts';
import type { FactRecord } from './records.ts';
import type { Subject } from './subject.ts';

/** What a record is about. */
export interface RecordSubjects {
  readonly subjects: readonly Subject[];
  /** Whether it speaks of all operations or all errors, so that not each of them need have it. */
  readonly isGeneral: boolean;
}

/**
 * The subjects of a record: one for each operation and status that it speaks of. `every` and `errors` stand for those
 * that the contract has.
 *
 * @returns why there are none, when the record says of nothing what it is about, or of several things
 */
export function subjectsOf(record: FactRecord, contract: readonly ContractFact[]): RecordSubjects | string {
  const { fact } = record;
  const kinds = Object.entries(kindsByKey).filter(([key]) => key in fact);
  const [found, ...more] = kinds;
  if (!found) return `says nothing that the check knows. It needs one of: ${Object.keys(kindsByKey).join(', ')}`;
  if (more.length > 0) return `says ${kinds.map(([key]) => key).join(' and ')}. Make it one record each`;

  const [key, kind] = found;
  const name = String(fact[key as keyof typeof fact]);
  if (kind === 'scope' || kind === 'credential' || kind === 'server') {
    return { subjects: [{ kind, name }], isGeneral: false };
  }
  if (record.operations.length === 0) return 'names no operation, and neither does its file. Add operation';
  const operations = expandOperations(record.operations, contract);
  const isEvery = record.operations.includes('every');
  if (kind === 'operation')
    return { subjects: operations.map((operation) => ({ kind, operation })), isGeneral: isEvery };
  if (kind === 'body' || kind === 'sent') {
    return { subjects: operations.map((operation) => ({ kind, operation, name })), isGeneral: isEvery };
  }
  if (kind === 'parameter') {
    if (fact.in === undefined) return 'names a parameter and not where it is. Add in';
    const location = fact.in;
    return { subjects: operations.map((operation) => ({ kind, operation, in: location, name })), isGeneral: isEvery };
  }
  const stated = [(kind === 'response' ? fact.response : fact.status) ?? []].flat().map(String);
  if (stated.length === 0) return `names a ${kind} and not of which status. Add status`;
  const subjects = operations.flatMap((operation) =>
    expandStatuses(stated, operation, contract).map((status) =>
      kind === 'response' ? { kind, operation, status } : { kind, operation, status, name },
    ),
  );
  return { subjects, isGeneral: isEvery || stated.includes('errors') };
}

const kindsByKey = {
  request: 'operation',
  parameter: 'parameter',
  body: 'body',
  sent: 'sent',
  response: 'response',
  header: 'header',
  field: 'field',
  scope: 'scope',
  credential: 'credential',
  server: 'server',
} as const;

function expandOperations(stated: readonly string[], contract: readonly ContractFact[]): string[] {
  if (!stated.includes('every')) return [...stated];
  return [...new Set(contract.flatMap(({ subject }) => subject.operation ?? []))];
}

function expandStatuses(stated: readonly string[], operation: string, contract: readonly ContractFact[]): string[] {
  if (!stated.includes('errors')) return [...stated];
  return contract
    .filter(({ subject }) => subject.kind === 'response' && subject.operation === operation)
    .flatMap(({ subject }) => subject.status ?? [])
    .filter((status) => !status.startsWith('2'));
}
