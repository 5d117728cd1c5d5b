import { randomBytes, randomUUID } from 'node:crypto';
import { isKnownScope, personFromSeed, userData } from './people.ts';
import type { Plan } from './scenario.ts';

export type SessionStatus = 'initialized' | 'retrieved' | 'confirmed' | 'declined' | 'cancelled' | 'expired';

/**
 * A session of the mock, and the person who decides on it. Once a test acts on a session, its scenario no longer plays.
 * Acting on a session that is already final throws an `Error`.
 */
export interface MockSession {
  readonly id: string;
  /** The `session_token`. */
  readonly token: string;
  /** Reading it here counts as no poll and moves nothing. */
  readonly status: SessionStatus;
  readonly requestedScopes: readonly string[];
  /** What was approved; empty until the session is confirmed. */
  readonly approvedScopes: readonly string[];
  readonly vendorData: string | undefined;
  /** The person has opened the session: `retrieved`. */
  retrieve(): void;
  /**
   * The person approves: `confirmed`.
   * @param options.share The scopes to share; everything that was asked for by default. Throws a `RangeError` for a
   * scope that was not asked for.
   */
  confirm(options?: { share?: readonly string[] }): void;
  /** The person refuses: `declined`. */
  decline(): void;
  /** The person walks away: `cancelled`. */
  cancel(): void;
  /** Nobody decided in time: `expired`. */
  expire(): void;
}

export interface NewSession {
  readonly scope: string;
  readonly vendorData: string | undefined;
  readonly plan: Plan;
}

/** The scopes in a request's `scope`, each once, in order. */
export const splitScopes = (scope: string): string[] => [...new Set(scope.split(/\s+/).filter((word) => word !== ''))];

const titleCase = (status: string): string => status.charAt(0).toUpperCase() + status.slice(1);

export class Session implements MockSession {
  readonly id = randomUUID();
  readonly token = randomBytes(24).toString('base64url');
  readonly requestedScopes: readonly string[];
  readonly vendorData: string | undefined;
  readonly #number: number;
  readonly #createdAt: string;
  #plan: Plan | undefined;
  #polls = 0;
  #status: SessionStatus = 'initialized';
  #approved: readonly string[] = [];

  constructor({ scope, vendorData, plan }: NewSession, number: number, now: number) {
    this.requestedScopes = splitScopes(scope);
    this.vendorData = vendorData;
    this.#plan = plan;
    this.#number = number;
    this.#createdAt = new Date(now).toISOString();
  }

  get status(): SessionStatus {
    return this.#status;
  }

  get approvedScopes(): readonly string[] {
    return this.#approved;
  }

  retrieve(): void {
    this.#move('retrieved');
  }

  confirm({ share = this.requestedScopes }: { share?: readonly string[] } = {}): void {
    const foreign = share.filter((scope) => !this.requestedScopes.includes(scope));
    if (foreign.length > 0) {
      throw new RangeError(`Not asked for: ${foreign.join(', ')}. Asked for: ${this.requestedScopes.join(', ')}.`);
    }
    this.#move('confirmed');
    // A scope that does not exist can be asked for, but nobody has anything to share for it.
    this.#approved = this.requestedScopes.filter((scope) => share.includes(scope) && isKnownScope(scope));
  }

  decline(): void {
    this.#move('declined');
  }

  cancel(): void {
    this.#move('cancelled');
  }

  expire(): void {
    this.#move('expired');
  }

  /** A status request: counts as a poll and lets the scenario play. Lower case, as documented. */
  poll(): Record<string, unknown> {
    this.#polls += 1;
    this.#play();
    return { status: this.#status };
  }

  /** A decision request: lets a scenario play that is due at once, or whose poll has come. Title case, as documented. */
  decision(): Record<string, unknown> {
    if (this.#plan?.atPoll === 1) this.#play();
    const confirmed = this.#status === 'confirmed';
    return {
      session_id: this.id,
      session_number: this.#number,
      status: titleCase(this.#status),
      vendor_data: this.vendorData ?? null,
      scope: (confirmed ? this.#approved : this.requestedScopes).join(' '),
      user_data: confirmed ? userData(personFromSeed(this.vendorData ?? `#${this.#number}`), this.#approved) : null,
      created_at: this.#createdAt,
    };
  }

  #play(): void {
    const plan = this.#plan;
    if (plan?.outcome === undefined) return;
    if (this.#polls < plan.atPoll && plan.atPoll > 1) {
      if (this.#polls > 1) this.#status = 'retrieved';
      return;
    }
    if (plan.outcome === 'confirmed') this.confirm();
    else this.#move(plan.outcome);
  }

  #move(next: SessionStatus): void {
    if (this.#status !== 'initialized' && this.#status !== 'retrieved') {
      throw new Error(`Session ${this.id} is already ${this.#status} and cannot become ${next}.`);
    }
    this.#plan = undefined;
    this.#status = next;
  }
}
