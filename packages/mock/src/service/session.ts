import { randomBytes, randomUUID } from 'node:crypto';
import { type Person, personFromSeed } from './people.ts';
import type { Plan } from './scenario.ts';
import { isKnownScope, userData } from './user-data.ts';

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
  /** Of the mock; with `vendor_data` it makes the person. */
  readonly seed: string;
}

/** How long the person has to decide. */
interface Life {
  readonly now: () => number;
  readonly lifetimeMs: number;
  /** Called once, when the session becomes final. */
  readonly onEnd: (session: Session) => void;
}

/** The scopes in a request's `scope`, each once, in order. */
export function splitScopes(scope: string): string[] {
  return [...new Set(scope.split(/\s+/).filter((word) => word !== ''))];
}

/** All session tokens begin with it, so that they are found wherever they were written. */
const tokenPrefix = 'mocksession-';
const randomBytesOfToken = 24;
const randomLength = 32; // in base64url

/** Matches any session token that a mock has made, in the syntax of `RegExp`. */
export const sessionTokenPattern = `${tokenPrefix}[\\w-]{${randomLength}}`;

export class Session implements MockSession {
  readonly id = randomUUID();
  readonly token = tokenPrefix + randomBytes(randomBytesOfToken).toString('base64url');
  readonly requestedScopes: readonly string[];
  readonly vendorData: string | undefined;
  /** The `session_number`; each session has a higher one than those before it. */
  readonly number: number;
  readonly #createdAt: number;
  readonly #life: Life;
  readonly #seed: string;
  readonly #traits: Plan['person'];
  #person: Person | undefined;
  #plan: Plan | undefined;
  readonly #failure: number | undefined;
  #failures: number;
  #polls = { status: 0, decision: 0 };
  #status: SessionStatus = 'initialized';
  #approved: readonly string[] = [];

  constructor({ scope, vendorData, plan, seed }: NewSession, number: number, life: Life) {
    this.requestedScopes = splitScopes(scope);
    this.vendorData = vendorData;
    this.#plan = plan;
    this.#traits = plan.person;
    this.#failure = plan.failure?.status;
    this.#failures = plan.failure?.times ?? 0;
    this.number = number;
    this.#seed = `${seed}/${vendorData ?? `#${number}`}`;
    this.#createdAt = life.now();
    this.#life = life;
  }

  get status(): SessionStatus {
    this.#expireInTime();
    return this.#status;
  }

  get approvedScopes(): readonly string[] {
    return this.#approved;
  }

  get isFinal(): boolean {
    this.#expireInTime();
    return this.#status !== 'initialized' && this.#status !== 'retrieved';
  }

  /** Who decides. */
  get person(): Person {
    this.#person ??= { ...personFromSeed(this.#seed), ...this.#traits };
    return this.#person;
  }

  /** Somebody looks at the page of the session: from here on they decide, unless it is to be found expired. */
  open(): void {
    if (this.isFinal) return;
    if (this.#plan?.outcome === 'expired') this.expire();
    else this.retrieve();
  }

  /** The status that the scenario has the service fail with, if it does this time. */
  fail(): number | undefined {
    if (this.#failures <= 0) return undefined;
    this.#failures -= 1;
    return this.#failure;
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
    this.#play('status');
    return { status: this.#status };
  }

  /** A decision request: counts as a poll and lets the scenario play. Title case, as documented. */
  decision(): Record<string, unknown> {
    this.#play('decision');
    const confirmed = this.#status === 'confirmed';
    return {
      session_id: this.id,
      session_number: this.number,
      status: titleCase(this.#status),
      vendor_data: this.vendorData ?? null,
      scope: (confirmed ? this.#approved : this.requestedScopes).join(' '),
      user_data: confirmed ? userData(this.person, this.#approved) : null,
      created_at: new Date(this.#createdAt).toISOString(),
    };
  }

  /** Each operation has its own count, so that a caller who asks for the decision after each status is not ahead. */
  #play(operation: 'status' | 'decision'): void {
    this.#expireInTime();
    this.#polls[operation] += 1;
    const plan = this.#plan;
    if (plan?.outcome === undefined) return;
    const polls = this.#polls[operation];
    if (polls >= plan.atPoll) {
      if (plan.outcome === 'confirmed') this.confirm(plan.share && { share: plan.share });
      else this.#move(plan.outcome);
    } else if (polls > 1) this.#status = 'retrieved';
  }

  #expireInTime(): void {
    if (this.#status !== 'initialized' && this.#status !== 'retrieved') return;
    if (this.#life.now() < this.#createdAt + this.#life.lifetimeMs) return;
    this.#plan = undefined;
    this.#status = 'expired';
    this.#life.onEnd(this);
  }

  #move(next: SessionStatus): void {
    if (this.isFinal) {
      throw new Error(`Session ${this.id} is already ${this.#status} and cannot become ${next}.`);
    }
    this.#plan = undefined;
    this.#status = next;
    if (this.isFinal) this.#life.onEnd(this);
  }
}

function titleCase(status: string): string {
  return status.charAt(0).toUpperCase() + status.slice(1);
}
