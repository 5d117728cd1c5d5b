import { DiditDataError } from './didit-data-error.ts';
import { redact } from './redact.ts';

/** The person has not approved, or nobody knows whether they have. */
export class NotConfirmedError extends DiditDataError {
  readonly session_id: string;
  /** The decision's status, in lower case. */
  readonly decisionStatus: string;

  constructor(session_id: string, decisionStatus: string) {
    const why = decisionStatus === 'confirmed' ? 'it holds no user data' : `its status is "${redact(decisionStatus)}"`;
    super(`the decision is not confirmed: ${why}. Do not go on as if the person had approved.`);
    this.session_id = session_id;
    this.decisionStatus = decisionStatus;
  }

  override get name(): 'NotConfirmedError' {
    return 'NotConfirmedError';
  }
}

/** The person has approved, but has not shared, or not in verified form, what is required. */
export class MissingScopeError extends DiditDataError {
  readonly session_id: string;
  /** Scopes that were not shared. */
  readonly missing: readonly string[];
  /** Scopes that were shared but are not verified. */
  readonly unverified: readonly string[];

  constructor(session_id: string, missing: readonly string[], unverified: readonly string[]) {
    const parts = [
      ...(missing.length > 0 ? [`not shared: ${missing.join(', ')}`] : []),
      ...(unverified.length > 0 ? [`not verified: ${unverified.join(', ')}`] : []),
    ];
    super(`the decision lacks required data; ${parts.join('; ')}`);
    this.session_id = session_id;
    this.missing = missing;
    this.unverified = unverified;
  }

  override get name(): 'MissingScopeError' {
    return 'MissingScopeError';
  }
}
