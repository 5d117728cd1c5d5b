/** What a contender's process is asked. */
export type Order =
  | {
      readonly kind: 'run';
      readonly baseUrl: string;
      readonly id: string;
      readonly inFlight: number;
      readonly ms: number;
    }
  | {
      readonly kind: 'profile';
      readonly baseUrl: string;
      readonly id: string;
      readonly inFlight: number;
      readonly ms: number;
    };

/** What a round of calls took. */
export interface Round {
  readonly calls: number;
  readonly seconds: number;
  /** Of the contender's process, user and system. */
  readonly cpuMicroseconds: number;
  /** Allocated on V8's heap, collected meanwhile or not. */
  readonly allocatedBytes: number;
}

/** CPU time by where it was spent. */
export interface ProfiledPlace {
  readonly url: string;
  readonly functionName: string;
  readonly microseconds: number;
}

/** A round with where its time went. */
export interface ProfiledRound extends Round {
  readonly places: readonly ProfiledPlace[];
}
