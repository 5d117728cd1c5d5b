import { type NewSession, Session } from './session.ts';

/** The sessions that exist, because they were created. */
export class SessionStore {
  readonly #byId = new Map<string, Session>();
  readonly #byToken = new Map<string, Session>();
  readonly #now: () => number;
  readonly #seed: string;
  readonly #lifetimeMs: number;

  constructor(now: () => number, seed: string, lifetimeMs: number) {
    this.#now = now;
    this.#seed = seed;
    this.#lifetimeMs = lifetimeMs;
  }

  create(wanted: Omit<NewSession, 'seed'>): Session {
    const life = { now: this.#now, lifetimeMs: this.#lifetimeMs };
    const session = new Session({ ...wanted, seed: this.#seed }, 10_001 + this.#byId.size, life);
    this.#byId.set(session.id, session);
    this.#byToken.set(session.token, session);
    return session;
  }

  get(id: string): Session | undefined {
    return this.#byId.get(id);
  }

  all(): Session[] {
    return [...this.#byId.values()];
  }

  clear(): void {
    this.#byId.clear();
    this.#byToken.clear();
  }

  withToken(token: string): Session | undefined {
    return this.#byToken.get(token);
  }
}
