import { isOpen, type Session } from '../session.ts';
import { confirmedPage } from './confirmed.ts';
import { endedPage } from './ended.ts';
import type { Html } from './layout.ts';
import { waitingPage } from './waiting.ts';

/** What the page of a session shows. */
export interface SessionView {
  readonly session: Session;
  /** Of what is shown; see `web/live.ts`. */
  readonly version: string;
  readonly isServiceUp: boolean;
  /** Whether the page loads itself again where no script runs. */
  readonly loadsAgain: boolean;
  readonly retentionMs: number;
}

/** One session: how far it has come, or how it has ended. Data is shown with a confirmation alone. */
export function sessionPage(view: SessionView): Html {
  const { state } = view.session;
  if (isOpen(state)) return waitingPage(view, state);
  return state === 'confirmed' ? confirmedPage(view) : endedPage(view, state);
}
