import { type NewSession, Session } from './session.ts';

/** Part of the sessions, in the order in which they were created. */
export interface SessionPage {
  readonly sessions: readonly Session[];
  /** Number of the last session of the page, to ask for the sessions after it; `undefined` on the last page. */
  readonly next: number | undefined;
}

const firstNumber = 10_001;

/** The sessions that exist, because they were created. Beyond a limit the store forgets one for each new one. */
export class SessionStore {
  readonly #byId = new Map<string, Session>();
  readonly #byToken = new Map<string, Session>();
  /** Those that have ended, the first to end first. */
  readonly #ended = new Set<Session>();
  readonly #now: () => number;
  readonly #seed: string;
  readonly #lifetimeMs: number;
  readonly #limit: number;
  #nextNumber = firstNumber;

  /** @param limit so many sessions are kept at most; the first that ended is forgotten first, else the oldest */
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

  /** @param after number of a session, which may be forgotten by now; 0 for the first page */
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
