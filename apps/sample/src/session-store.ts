import type { Scope, Session } from '@didit-data/client';

/** A session as this app remembers it. Holds a secret (`session_token`) and no personal data. */
export interface OwnedSession extends Session {
  /** The browser that started it, by the value of its cookie. */
  readonly owner: string;
  /** What was sent as `vendor_data`: a random text of this app's own, which must come back with the decision. */
  readonly reference: string;
  readonly asked: readonly Scope[];
}

/** Where sessions are remembered. A lookup always names the owner, so that nobody can forget to check. */
export interface SessionStore {
  save(session: OwnedSession): Promise<void>;
  find(sessionId: string, owner: string): Promise<OwnedSession | undefined>;
}

/** Remembers in memory; past its limit the oldest session is forgotten. */
export function createMemoryStore(limit = 10_000): SessionStore {
  const sessions = new Map<string, OwnedSession>();
  return {
    async save(session) {
      sessions.set(session.session_id, session);
      for (const oldest of sessions.keys()) {
        if (sessions.size <= limit) break;
        sessions.delete(oldest);
      }
    },

    async find(sessionId, owner) {
      const session = sessions.get(sessionId);
      return session?.owner === owner ? session : undefined;
    },
  };
}
