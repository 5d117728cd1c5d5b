import { type Decision, isConfirmed } from '@didit-data/client';
import type { OpenState, Outcome, Session } from '../session.ts';
import { sharedItems } from './shared-items.ts';

/**
 * What a decision means for a session. Data comes only with a decision that is about this session, says "confirmed" and
 * has data. Everything that this app does not understand is a failure.
 */
export function outcomeOf({ id, reference, asked }: Session, decision: Decision): Outcome {
  const isOurs = decision.session_id === id && decision.vendor_data === reference;
  if (!isOurs) return { state: 'failed', reason: 'unusable' };
  if (isConfirmed(decision)) return { state: 'confirmed', items: sharedItems(decision.user_data, asked) };
  const state = decision.status.toLowerCase();
  if (state === 'declined' || state === 'cancelled' || state === 'expired') return { state };
  return { state: 'failed', reason: 'unusable' };
}

/** Statuses are an open list, in any case. @returns undefined for a status that ends the session */
export function openStateOf(status: string): OpenState | undefined {
  const lower = status.toLowerCase();
  if (lower === 'initialized' || lower === 'retrieved') return lower;
  return ['confirmed', 'declined', 'cancelled', 'expired'].includes(lower) ? undefined : 'unknown';
}
