import { DiditDataError } from './didit-data-error.ts';
import { redact } from './wording.ts';

/** The person has not approved, or it is not known whether they have. */
export class NotConfirmedError extends DiditDataError {
  readonly session_id: string;
  /** The decision's status, in lower case. */
  readonly decisionStatus: string;

  constructor(session_id: string, decisionStatus: string) {
    const why = decisionStatus === 'confirmed' ? 'it holds no user data' : `its status is "${redact(decisionStatus)}"`;
    super(`The decision is not confirmed: ${why}. Do not treat this as approval.`);
    this.session_id = session_id;
    this.decisionStatus = decisionStatus;
  }

  override get name(): 'NotConfirmedError' {
    return 'NotConfirmedError';
  }
}

/** The person has approved, but has not shared what is required, or not in verified form. */
export class MissingScopeError extends DiditDataError {
  readonly session_id: string;
  /** Scopes that were not shared. */
  readonly missing: readonly string[];
  /** Scopes that were shared but are not verified. */
  readonly unverified: readonly string[];

  constructor(session_id: string, missing: readonly string[], unverified: readonly string[]) {
    const parts = [
      ...(missing.length > 0 ? [` Not shared: ${missing.join(', ')}.`] : []),
      ...(unverified.length > 0 ? [` Not verified: ${unverified.join(', ')}.`] : []),
    ];
    super(`The decision lacks required data.${parts.join('')} Ask the person for it in a new session.`);
    this.session_id = session_id;
    this.missing = missing;
    this.unverified = unverified;
  }

  override get name(): 'MissingScopeError' {
    return 'MissingScopeError';
  }
}
