import type { Changes } from '../flow/changes.ts';
import type { ServiceHealth } from '../flow/service-health.ts';
import type { SessionStore } from '../store/session-store.ts';
import type { FormTokens } from './form-tokens.ts';
import type { Visitors } from './visitors.ts';

/** What the pages for people and for operators have in common. */
export interface Site {
  readonly visitors: Visitors;
  readonly forms: FormTokens;
  readonly sessions: SessionStore;
  readonly changes: Changes;
  readonly health: ServiceHealth;
  /** How long shared data is kept, in milliseconds. */
  readonly retentionMs: number;
  /** The app is ending. */
  readonly closing: AbortSignal;
  readonly now: () => number;
}
