import { randomUUID } from 'node:crypto';
import type { Decision, DecisionStatus, DiditClient, SessionStatus } from '@didit-data/client';
import { UnusableAnswerError } from './failure.ts';
import type { DataName } from './scopes.ts';
import type { OwnedSession } from './session-store.ts';

/** Asks Didit for a session, under a reference of our own that has to come back with the decision. */
export async function startSession(
  didit: DiditClient,
  asked: readonly DataName[],
  signal?: AbortSignal,
): Promise<Omit<OwnedSession, 'owner'>> {
  const reference = randomUUID();
  const session = await didit.sessions.create({ scope: asked, vendor_data: reference }, { signal });
  if (!isSafeLink(session.url)) throw new UnusableAnswerError('the link of the session is not https');
  return { ...session, reference, asked };
}

const withoutData = ['initialized', 'retrieved', 'declined', 'cancelled', 'expired'] as const;

/** A state in which nothing has been shared. `unknown`: a status that this app has not been taught. */
export type StateWithoutData = (typeof withoutData)[number] | 'unknown';

/** How far a session has come. The decision is there only where it says "confirmed" itself. */
export type Progress =
  | { readonly state: 'confirmed'; readonly decision: Decision }
  | { readonly state: StateWithoutData; readonly decision?: never };

/**
 * Asks how far a session has come, and retrieves the decision once it is confirmed.
 * Fails closed: data comes only with a decision that is about this session and says "confirmed" too.
 */
export async function checkProgress(
  didit: DiditClient,
  session: OwnedSession,
  signal?: AbortSignal,
): Promise<Progress> {
  const state = stateOf(await didit.sessions.status(session, { signal }));
  if (state !== 'confirmed') return { state };

  const decision = await didit.sessions.decision(session, { signal });
  const decided = stateOf(decision.status);
  if (decided !== 'confirmed') return { state: decided };

  const { session_id, vendor_data } = decision;
  if (session_id !== session.session_id || (vendor_data ?? session.reference) !== session.reference) {
    throw new UnusableAnswerError('the decision is about another session');
  }
  return { state: decided, decision };
}

/** Statuses are an open list and come in two spellings: compared without regard to case, never guessed at. */
function stateOf(status: SessionStatus | DecisionStatus): 'confirmed' | StateWithoutData {
  const lower = status.toLowerCase();
  return lower === 'confirmed' ? lower : (withoutData.find((state) => state === lower) ?? 'unknown');
}

/** https, or http on loopback for a mock; never a script. */
function isSafeLink(link: string): boolean {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(url.hostname);
}
