import { type NewSession, Session } from './session.ts';

/** The sessions that exist, because they were created. */
export class SessionStore {
  readonly #byId = new Map<string, Session>();
  readonly #byToken = new Map<string, Session>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  create(wanted: NewSession): Session {
    const session = new Session(wanted, 10_001 + this.#byId.size, this.#now());
    this.#byId.set(session.id, session);
    this.#byToken.set(session.token, session);
    return session;
  }

  get(id: string): Session | undefined {
    return this.#byId.get(id);
  }

  withToken(token: string): Session | undefined {
    return this.#byToken.get(token);
  }
}
