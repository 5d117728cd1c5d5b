/*
 * Generated from openapi/didit-data.yaml by `pnpm contract generate`. Do not edit: edit the contract.
 * Contract SHA-256: 09a41389eabc917f0c3ba544be3a3c19ac55f6cc8046bf61ef58eb99580cd185
 */

/** One way in which a value does not match its schema. It names the place and the rule, never the value. */
export interface Violation {
  /** JSON pointer into the body, for example `/user_data/email`. */
  readonly instancePath: string;
  /** The schema's keyword, for example `type`. */
  readonly keyword: string;
  /** For example `must be boolean`. */
  readonly message?: string;
}

export interface Validator {
  (value: unknown): boolean;
  /** What the last call found. */
  errors?: readonly Violation[] | null;
}

/** Checks the 2xx bodies of `issueToken`. */
declare const validator0: Validator;
export { validator0 as issueToken };

/** Checks the 2xx bodies of `createSession`. */
declare const validator1: Validator;
export { validator1 as createSession };

/** Checks the 2xx bodies of `getSessionStatus`. */
declare const validator2: Validator;
export { validator2 as getSessionStatus };

/** Checks the 2xx bodies of `getSessionDecision`. */
declare const validator3: Validator;
export { validator3 as getSessionDecision };
