import { randomBytes, randomUUID } from 'node:crypto';
import { type Person, personFromSeed } from './people.ts';
import type { Plan } from './scenario.ts';
import { isKnownScope, userData } from './user-data.ts';

export type SessionStatus = 'initialized' | 'retrieved' | 'confirmed' | 'declined' | 'cancelled' | 'expired';

/**
 * A session of the mock, and the person who decides on it. When a test acts on a session, its scenario stops.
 *
 * @throws {Error} when a method is called on a session that is already final
 */
export interface MockSession {
  readonly id: string;
  /** The `session_token`. */
  readonly token: string;
  /** Reading it here does not count as a poll and changes nothing. */
  readonly status: SessionStatus;
  readonly requestedScopes: readonly string[];
  /** Empty until the session is confirmed. */
  readonly approvedScopes: readonly string[];
  readonly vendorData: string | undefined;
  /** The person has opened the session: `retrieved`. */
  retrieve(): void;
  /**
   * The person approves: `confirmed`.
   *
   * @param options.share the scopes to share. Default: all that were requested.
   * @throws {RangeError} when `share` holds a scope that was not requested
   */
  confirm(options?: { readonly share?: readonly string[] | undefined }): void;
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
  /** The option `seed` of the mock. Together with `vendor_data` it determines the person. */
  readonly seed: string;
}

/** How long the person has to decide. */
interface Life {
  readonly now: () => number;
  readonly lifetimeMs: number;
  /** Called once, when the session becomes final. */
  readonly onEnd: (session: Session) => void;
}

/** The scopes in a request's `scope`, in order, without duplicates. */
export function splitScopes(scope: string): string[] {
  return [...new Set(scope.split(/\s+/).filter((word) => word !== ''))];
}

/** All session tokens begin with it, so that the journal can find and redact them. */
const tokenPrefix = 'mocksession-';
const randomBytesOfToken = 24;
const randomLength = 32; // in base64url

/** Source of a `RegExp` that matches every session token of a mock. */
export const sessionTokenPattern = `${tokenPrefix}[\\w-]{${randomLength}}`;

export class Session implements MockSession {
  readonly id = randomUUID();
  readonly token = tokenPrefix + randomBytes(randomBytesOfToken).toString('base64url');
  readonly requestedScopes: readonly string[];
  readonly vendorData: string | undefined;
  /** The `session_number`. It increases with each session. */
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

  /** The person who decides. */
  get person(): Person {
    this.#person ??= { ...personFromSeed(this.#seed), ...this.#traits };
    return this.#person;
  }

  /** Called when the page of the session is opened: the visitor decides from now on, unless the scenario is `expired`. */
  open(): void {
    if (this.isFinal) return;
    if (this.#plan?.outcome === 'expired') this.expire();
    else this.retrieve();
  }

  /** The status of the next failure that the scenario asks for; `undefined` when there is none left. */
  fail(): number | undefined {
    if (this.#failures <= 0) return undefined;
    this.#failures -= 1;
    return this.#failure;
  }

  retrieve(): void {
    this.#move('retrieved');
  }

  confirm({ share = this.requestedScopes }: { readonly share?: readonly string[] | undefined } = {}): void {
    const foreign = share.filter((scope) => !this.requestedScopes.includes(scope));
    if (foreign.length > 0) {
      throw new RangeError(
        `Cannot share what was not requested: ${foreign.join(', ')}. Requested: ${this.requestedScopes.join(', ')}.`,
      );
    }
    this.#move('confirmed');
    // An unknown scope can be requested, but there is nothing to share for it.
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

  /** Answers a status request, which counts as a poll. The status is in lower case, as documented. */
  poll(): Record<string, unknown> {
    this.#play('status');
    return { status: this.#status };
  }

  /** Answers a decision request, which counts as a poll. The status is in title case, as documented. */
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

  /** Each operation has its own count: requesting the decision after each status does not speed up the scenario. */
  #play(operation: 'status' | 'decision'): void {
    this.#expireInTime();
    this.#polls[operation] += 1;
    const plan = this.#plan;
    if (plan?.outcome === undefined) return;
    const polls = this.#polls[operation];
    if (polls >= plan.atPoll) {
      if (plan.outcome === 'confirmed') this.confirm({ share: plan.share });
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
      throw new Error(`Session ${this.id} is already ${this.#status}. It cannot become ${next}.`);
    }
    this.#plan = undefined;
    this.#status = next;
    if (this.isFinal) this.#life.onEnd(this);
  }
}

/** One page of the sessions, in the order in which they were created. */
export interface SessionPage {
  readonly sessions: readonly Session[];
  /** Number of the last session of the page, to ask for the sessions after it; `undefined` on the last page. */
  readonly next: number | undefined;
}

const firstNumber = 10_001;

/** The sessions that were created. When the limit is reached, each new session replaces an old one. */
export class SessionStore {
  readonly #byId = new Map<string, Session>();
  readonly #byToken = new Map<string, Session>();
  /** Final sessions, in the order in which they ended. */
  readonly #ended = new Set<Session>();
  readonly #now: () => number;
  readonly #seed: string;
  readonly #lifetimeMs: number;
  readonly #limit: number;
  #nextNumber = firstNumber;

  /** @param limit how many sessions to keep. Beyond it, forgets the one that ended first, or else the oldest. */
  constructor(now: () => number, { seed, lifetimeMs, limit }: { seed: string; lifetimeMs: number; limit: number }) {
    this.#now = now;
    this.#seed = seed;
    this.#lifetimeMs = lifetimeMs;
    this.#limit = limit;
  }

  get size(): number {
    return this.#byId.size;
  }

  create(wanted: Omit<NewSession, 'seed'>): Session {
    const onEnd = (ended: Session): void => {
      if (this.#byId.get(ended.id) === ended) this.#ended.add(ended);
    };
    const life = { now: this.#now, lifetimeMs: this.#lifetimeMs, onEnd };
    const session = new Session({ ...wanted, seed: this.#seed }, this.#nextNumber, life);
    this.#nextNumber += 1;
    if (this.#byId.size >= this.#limit) this.#forgetOne();
    this.#byId.set(session.id, session);
    this.#byToken.set(session.token, session);
    return session;
  }

  get(id: string): Session | undefined {
    return this.#byId.get(id);
  }

  /** @param after number of a session (it may be forgotten by now), or 0 for the first page */
  page(limit: number, after: number): SessionPage {
    const sessions: Session[] = [];
    for (const session of this.#byId.values()) {
      if (session.number <= after) continue;
      if (sessions.length === limit) return { sessions, next: sessions.at(-1)?.number };
      sessions.push(session);
    }
    return { sessions, next: undefined };
  }

  clear(): void {
    this.#byId.clear();
    this.#byToken.clear();
    this.#ended.clear();
    this.#nextNumber = firstNumber;
  }

  withToken(token: string): Session | undefined {
    return this.#byToken.get(token);
  }

  #forgetOne(): void {
    const [session] = this.#ended.size > 0 ? this.#ended : this.#byId.values();
    if (!session) return;
    this.#byId.delete(session.id);
    this.#byToken.delete(session.token);
    this.#ended.delete(session);
  }
}

function titleCase(status: string): string {
  return status.charAt(0).toUpperCase() + status.slice(1);
}
