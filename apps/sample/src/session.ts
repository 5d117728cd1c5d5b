import type { DataName } from './scopes.ts';

const openStates = ['creating', 'initialized', 'retrieved', 'unknown'] as const;
const endings = ['confirmed', 'declined', 'cancelled', 'expired', 'failed'] as const;

/**
 * Nothing is decided. `creating`: Didit has been asked for the session and has not answered. `unknown`: a status that this
 * app has not been taught; it may be followed by one it knows.
 */
export type OpenState = (typeof openStates)[number];
export type Ending = (typeof endings)[number];
export type State = OpenState | Ending;

export const states: readonly State[] = [...openStates, ...endings];

export function isOpen(state: State): state is OpenState {
  return openStates.some((open) => open === state);
}

/** Whether Didit vouches for an item; `unstated` where it does not say, `too_large` for one whose value is not kept. */
export type Verification = 'verified' | 'unverified' | 'unstated' | 'too_large';

/** One thing that was shared, as it is shown and kept: text, and no more of it than is needed. */
export interface SharedItem {
  readonly name: DataName;
  readonly value: string;
  readonly verification: Verification;
}

/**
 * Why a session failed: `gone` and `refused` are Didit's word, `unusable` is its answer, `silence` is none in time. `locked`:
 * the secret of this app has changed. `unfinished`: the app ended while Didit was asked for the session.
 */
export type FailReason = 'gone' | 'refused' | 'unusable' | 'silence' | 'locked' | 'unfinished';

/** How a session ended. Data comes with a confirmation alone. */
export type Outcome =
  | { readonly state: 'confirmed'; readonly items: readonly SharedItem[] }
  | { readonly state: 'declined' | 'cancelled' | 'expired' }
  | { readonly state: 'failed'; readonly reason: FailReason };

/** What leads to the session at Didit. Both hold its secret. */
export interface SessionLink {
  readonly session_token: string;
  readonly url: string;
}

/** What is known when a session begins. */
export interface NewSession {
  /** Didit's `session_id`. */
  readonly id: string;
  /** Who started it: see `web/visitors.ts`. */
  readonly owner: string;
  /** The form that started it; a form starts one session. */
  readonly form: string;
  /** Sent as `vendor_data`; must come back with the decision. */
  readonly reference: string;
  readonly asked: readonly DataName[];
  readonly link: SessionLink;
}

/** A session as this app remembers it. */
export interface Session extends Omit<NewSession, 'link' | 'form'> {
  readonly state: State;
  /** Grows with each change. */
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly endedAt: number | undefined;
  /** Kept while the session is open. */
  readonly link: SessionLink | undefined;
  readonly reason: FailReason | undefined;
  /** Which kinds of data were shared: kept when the data itself is deleted. */
  readonly shared: readonly DataName[];
  /** What was shared. Personal: deleted when the retention time is up, and undefined from then on. */
  readonly items: readonly SharedItem[] | undefined;
}
