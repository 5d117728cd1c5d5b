import { MissingScopeError, NotConfirmedError } from './errors/decision-errors.ts';
import { must } from './errors/options-error.ts';
import { checkNames } from './options/check.ts';
import type { Decision, Scope, UserData } from './types.ts';

/** A decision that the person has approved. */
export type ConfirmedDecision = Decision & { user_data: UserData };

/** A scope whose data the contract names: a member of `user_data`. */
export type KnownScope = Exclude<keyof UserData, 'sub'>;

/** The data of scopes, each present and not null. With `Verified`, `is_verified` is true where the scope has one. */
export type ScopeData<S extends KnownScope, Verified extends boolean = false> = {
  [K in S]: Verified extends true ? VerifiedData<NonNullable<UserData[K]>> : NonNullable<UserData[K]>;
};

type VerifiedData<Data> = Data extends { is_verified?: boolean | null } ? Data & { is_verified: true } : Data;

/** Options of {@link requireScopes}. */
export interface RequireScopesOptions {
  /**
   * Demands data that Didit has verified: `is_verified` must be true in every object. `user_id` and the scopes
   * `is_…` are always verified, `picture` never is. Default: false.
   */
  readonly verified?: boolean | undefined;
}

/**
 * Whether the person has approved: the status is `Confirmed`, in any case, and there is user data. An unknown status is
 * not confirmed.
 */
export function isConfirmed(decision: Decision): decision is ConfirmedDecision {
  return statusOf(decision) === 'confirmed' && isObject(decision.user_data);
}

/**
 * @returns the decision, if the person has approved
 * @throws {NotConfirmedError} otherwise
 */
export function requireConfirmed(decision: Decision): ConfirmedDecision {
  if (isConfirmed(decision)) return decision;
  throw new NotConfirmedError(String(decision?.session_id), statusOf(decision));
}

/**
 * Returns the data of scopes, if the person has approved and shared each of them.
 *
 * @example
 * const { names, email } = requireScopes(decision, 'names', 'email');
 * const { phone } = requireScopes(decision, ['phone'], { verified: true });
 *
 * @throws {NotConfirmedError} when the decision is not confirmed
 * @throws {MissingScopeError} when a scope was not shared, or is not verified where that is demanded
 */
export function requireScopes<S extends KnownScope>(decision: Decision, ...scopes: readonly S[]): ScopeData<S>;
export function requireScopes<S extends KnownScope, V extends boolean = false>(
  decision: Decision,
  scopes: readonly S[],
  options?: { readonly verified?: V | undefined },
): ScopeData<S, V>;
export function requireScopes(decision: Decision, ...rest: readonly unknown[]): object {
  const [first, second] = rest;
  const scopes = (Array.isArray(first) ? first : rest) as readonly KnownScope[];
  const options: RequireScopesOptions = Array.isArray(first) && second !== undefined ? (second as object) : {};
  checkNames(options, ['verified']);
  const isList = scopes.every((scope) => typeof scope === 'string');
  must(isList, 'scopes', 'be a list of scopes');
  const { verified = false } = options;
  must(typeof verified === 'boolean', 'verified', 'be true or false');

  const { user_data } = requireConfirmed(decision);
  const has = (scope: KnownScope) => Object.hasOwn(user_data, scope) && (user_data[scope] ?? null) !== null;
  const missing = scopes.filter((scope) => !has(scope));
  const unverified = verified ? scopes.filter((scope) => has(scope) && !isVerified(scope, user_data[scope])) : [];
  if (missing.length + unverified.length > 0) {
    throw new MissingScopeError(decision.session_id, missing, unverified);
  }
  return Object.fromEntries(scopes.map((scope) => [scope, user_data[scope]]));
}

/**
 * Splits a scope string, for example `decision.scope`, into its scopes.
 *
 * @returns each scope once, in order; none for null, undefined or an empty string
 */
export function parseScope(scope: string | null | undefined): Scope[] {
  return [...new Set((scope ?? '').split(/\s+/).filter((name) => name !== ''))];
}

/** Whether a status, in any case, is one after which nothing more happens. */
export function isFinalStatus(status: unknown): boolean {
  return typeof status === 'string' && ['confirmed', 'declined', 'cancelled', 'expired'].includes(status.toLowerCase());
}

/** @returns the status in lower case: the two operations spell it differently */
function statusOf(decision: Decision): string {
  return typeof decision?.status === 'string' ? decision.status.toLowerCase() : '';
}

function isVerified(scope: KnownScope, data: unknown): boolean {
  if (isObject(data)) return data.is_verified === true;
  return scope === 'user_id' || typeof data === 'boolean'; // Didit itself vouches for these
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
