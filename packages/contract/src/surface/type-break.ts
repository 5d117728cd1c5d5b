/** A place where code that compiled against the last release's types does not compile against the new ones. */
export interface TypeBreak {
  /** Where, for example `getSessionDecision 200 user_data.email` or `packages/client/examples/errors.ts:12`. */
  readonly place: string;
  /** What is wrong there, as a sentence. */
  readonly what: string;
}
