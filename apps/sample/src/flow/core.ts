import type { DiditClient } from '@didit-data/client';
import type { ExportStore } from '../store/export-store.ts';
import type { SessionStore } from '../store/session-store.ts';
import type { Changes } from './changes.ts';
import type { ServiceHealth } from './service-health.ts';

/** What the parts of the app share. Times are in milliseconds. */
export interface Core {
  readonly didit: DiditClient;
  readonly sessions: SessionStore;
  readonly exports: ExportStore;
  readonly changes: Changes;
  readonly health: ServiceHealth;
  /** Called with errors and with what operators do: one entry each, without secrets and personal data. */
  readonly log: (entry: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Aborted when the app stops. */
  readonly closing: AbortSignal;
  /** How long shared data is kept. Default: a day. */
  readonly retentionMs: number;
  /** The first pause between two looks at an open session. Default: 2 000. */
  readonly intervalMs: number;
  /** How long Didit may take to start a session. Default: 15 000. */
  readonly answerWithinMs: number;
  /** How long a person waits for a database that is unavailable. Default: 2 000. */
  readonly saveWithinMs: number;
  /** How many sessions may wait for a decision at a time. Default: 1 000. */
  readonly mostOpen: number;
}
