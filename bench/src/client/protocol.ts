import type { Round } from '../measure.ts';

/** What a contender's process is asked to do. */
export interface Order {
  readonly kind: 'run' | 'profile';
  readonly baseUrl: string;
  /** The session whose decision is retrieved. */
  readonly id: string;
  readonly inFlight: number;
  readonly ms: number;
}

export interface ContenderRound extends Round {
  /** Allocated on V8's heap, collected meanwhile or not. */
  readonly allocatedBytes: number;
}

/** How much CPU time a function used. */
export interface ProfiledFunction {
  readonly url: string;
  readonly name: string;
  readonly microseconds: number;
}

/** A round with the functions that used its CPU time. */
export interface ProfiledRound extends ContenderRound {
  readonly functions: readonly ProfiledFunction[];
}
