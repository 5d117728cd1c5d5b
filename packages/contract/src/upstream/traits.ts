import type { Traits } from './members.ts';
import type { Fact } from './records.ts';

/** A trait of which record and contract do not say the same. */
export interface Contradiction {
  readonly trait: string;
  readonly recorded: string;
  readonly contract: string;
}

/** Traits of which a record that says nothing says that there is none. */
const compared = ['request', 'credentials', 'media', 'scheme', 'type', 'required', 'format', 'values'] as const;

/**
 * Compares what a record says with what the contract says. Whether null is allowed is compared only where the record
 * says so: where the documents are silent, the contract is tolerant.
 */
export function contradictions(fact: Fact, contract: Traits): Contradiction[] {
  const found = compared
    .map((trait) => ({ trait, recorded: shown(fact[trait]), contract: shown(contract[trait]) }))
    .filter(({ recorded, contract }) => recorded !== contract);
  const { nullable } = fact;
  if (nullable === undefined || nullable === Boolean(contract.nullable)) return found;
  return [...found, { trait: 'nullable', recorded: String(nullable), contract: String(Boolean(contract.nullable)) }];
}

/** The order of several does not matter, and what is not required need not be said. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'not stated' : value.map(String).sort().join(', ');
  return value === undefined || value === false ? 'not stated' : String(value);
}
