import type { Position } from '../document/locate.ts';

/** How an answer differs from the contract. */
export type DeviationKind =
  | 'unknown-member'
  | 'missing-member'
  | 'wrong-type'
  | 'wrong-format'
  | 'wrong-value'
  | 'undocumented-status'
  | 'unexpected-status'
  | 'wrong-content-type'
  | 'undocumented-body'
  | 'empty-body'
  | 'not-json'
  | 'missing-header'
  | 'wrong-header';

/** One way in which an answer differs from the contract. It holds names and types, and no value of the answer. */
export interface Deviation {
  /** The contract's operationId. */
  readonly operation: string;
  /** HTTP status. */
  readonly status: number;
  readonly kind: DeviationKind;
  /**
   * JSON pointer into the body, for example `/user_data/email`; a header's name; or empty for the answer as a whole.
   */
  readonly at: string;
  /** For example `must be boolean or null, is a string`. */
  readonly message: string;
  /** The rule that is broken, in the contract. */
  readonly contract: Position;
  /** The names and types around the place, for example `{ email: string, is_verified: string }`. */
  readonly excerpt?: string;
  /** What was asked for, for example `for an unknown session`. */
  readonly request: string;
}

/** A deviation without its operation, status and request. */
export interface Finding {
  readonly kind: DeviationKind;
  readonly pointer: string;
  readonly message: string;
  readonly at?: string;
  readonly excerpt?: string;
}

/** A request as reports describe it, in words that name no session. */
export interface RequestFacts {
  /** For example `for an unknown session`. */
  readonly title: string;
  /** Statuses that the contract documents for such a request, exact or as a range: `200`, `4XX`. Default: any. */
  readonly expected?: readonly string[];
}

/** The answer on the wire. */
export interface ResponseFacts {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** What was found in one answer. */
export interface Findings {
  readonly deviations: readonly Deviation[];
  /** What the contract allows and yet is worth knowing, for example that a documented header is absent. */
  readonly notes: readonly Deviation[];
}
