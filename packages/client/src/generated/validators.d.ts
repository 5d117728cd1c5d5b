/*
 * Generated from openapi/didit-data.yaml by `pnpm contract generate`. Do not edit: edit the contract.
 * Contract SHA-256: ae320eed1a9aec5110a543066eb3a8d45fc7e247abcac6169d59099a780a50ef
 */

import type { operations } from './contract.js';

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

/** Validators of the operations' 2xx bodies. */
export declare const validators: Readonly<Record<keyof typeof operations, Validator>>;
