import { type Decision, isConfirmed } from '@didit-data/client';
import type { OpenState, Outcome, Session } from '../session.ts';
import { sharedItems } from './shared-items.ts';

/**
 * What a decision means for a session. Fails closed: data comes only with a decision that is about this session, says
 * "confirmed" and has data; what is not understood is a failure.
 */
export function outcomeOf(session: Pick<Session, 'id' | 'reference' | 'asked'>, decision: Decision): Outcome {
  const isOurs = decision.session_id === session.id && decision.vendor_data === session.reference;
  if (!isOurs) return { state: 'failed', reason: 'unusable' };
  if (isConfirmed(decision)) return { state: 'confirmed', items: sharedItems(decision.user_data, session.asked) };
  const state = decision.status.toLowerCase();
  if (state === 'declined' || state === 'cancelled' || state === 'expired') return { state };
  return { state: 'failed', reason: 'unusable' };
}

/** Statuses are an open list, in any case: never guessed at. @returns undefined for one that ends the session */
export function openStateOf(status: string): OpenState | undefined {
  const lower = status.toLowerCase();
  if (lower === 'initialized' || lower === 'retrieved') return lower;
  return ['confirmed', 'declined', 'cancelled', 'expired'].includes(lower) ? undefined : 'unknown';
}
