import type { DataName } from './scopes.ts';

const openStates = ['creating', 'initialized', 'retrieved', 'unknown'] as const;
const endings = ['confirmed', 'declined', 'cancelled', 'expired', 'failed'] as const;

/**
 * The session has no decision yet. `creating`: the app has asked Didit for the session and has no answer. `unknown`:
 * Didit reports a status that this app does not know; a status that it knows may follow.
 */
export type OpenState = (typeof openStates)[number];
export type Ending = (typeof endings)[number];
export type State = OpenState | Ending;

export const states: readonly State[] = [...openStates, ...endings];

export function isOpen(state: State): state is OpenState {
  return openStates.some((open) => open === state);
}

/** Whether Didit has verified an item. `unstated`: Didit does not say. `too_large`: the app does not keep the value. */
export type Verification = 'verified' | 'unverified' | 'unstated' | 'too_large';

/** One thing that a person shared, as text. */
export interface SharedItem {
  readonly name: DataName;
  readonly value: string;
  readonly verification: Verification;
}

/**
 * Why a session failed. `gone`: Didit does not know it. `refused`: Didit refuses to answer. `unusable`: the app must not
 * use Didit's answer. `silence`: no decision in time. `locked`: this app's secret has changed. `unfinished`: the app
 * ended before Didit had answered.
 */
export type FailReason = 'gone' | 'refused' | 'unusable' | 'silence' | 'locked' | 'unfinished';

/** How a session ended. Only a confirmation comes with data. */
export type Outcome =
  | { readonly state: 'confirmed'; readonly items: readonly SharedItem[] }
  | { readonly state: 'declined' | 'cancelled' | 'expired' }
  | { readonly state: 'failed'; readonly reason: FailReason };

/** What opens the session at Didit. Both members contain its secret. */
export interface SessionLink {
  readonly session_token: string;
  readonly url: string;
}

/** What a person asks for. */
export interface NewSession {
  /** Who started it: see `web/visitors.ts`. */
  readonly owner: string;
  /** The id of the form that started it; a form starts one session. */
  readonly form: string;
  /** Sent as `vendor_data`; must come back with the decision. */
  readonly reference: string;
  readonly asked: readonly DataName[];
}

/** A session in the database. */
export interface Session extends Omit<NewSession, 'form'> {
  /** Didit's `session_id`. */
  readonly id: string;
  readonly state: State;
  /** Grows with each change. */
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly endedAt: number | undefined;
  /** Deleted when the session ends. */
  readonly link: SessionLink | undefined;
  readonly reason: FailReason | undefined;
  /** Which kinds of data were shared: kept when the data itself is deleted. */
  readonly shared: readonly DataName[];
  /** The shared data. Personal: deleted when the retention time is over, then undefined. */
  readonly items: readonly SharedItem[] | undefined;
}
