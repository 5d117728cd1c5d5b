import { setTimeout as sleep } from 'node:timers/promises';
import {
  ApiError,
  type DiditClient,
  NotFoundError,
  OptionsError,
  ResponseValidationError,
  TimeoutError,
  TokenError,
} from '@didit-data/client';
import { logLine } from '../failure.ts';
import type { FailReason, Outcome, Session, SessionLink } from '../session.ts';
import type { SessionStore } from '../store/session-store.ts';
import { whenFree } from '../store/when-free.ts';
import type { Changes } from './changes.ts';
import { openStateOf, outcomeOf } from './outcome.ts';

/** Waits for the decisions of all open sessions: one waiter a session, however many pages show it. */
export interface Tracker {
  /** Waits for this session, unless somebody already does. */
  follow(session: Session): void;
  /** Goes on with every session that was open when the app last ended. */
  resume(): void;
  /** Ends the waiting; the sessions stay open. */
  stop(): Promise<void>;
}

interface TrackerOptions {
  readonly didit: DiditClient;
  readonly sessions: SessionStore;
  readonly changes: Changes;
  readonly log: (entry: string) => void;
  /** Time between two looks at first, in milliseconds. */
  readonly intervalMs: number;
  /** How long after its beginning a session is given up, in milliseconds: longer than Didit lets one live. */
  readonly giveUpMs: number;
  readonly now: () => number;
}

/** Refusals that may end. */
const passingStatuses = [401, 403, 408, 425, 429];
const longestPauseMs = 60_000;
/** Also a session that is past its time is looked at, once the app is back: it may have been confirmed long ago. */
const fewestLooks = 5;

export function createTracker(options: TrackerOptions): Tracker {
  const { didit, sessions, changes, log, intervalMs, giveUpMs, now } = options;
  const waiting = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const { signal } = stopping;

  /** One look that lasts until there is a decision. */
  async function waitFor(session: Session, link: SessionLink): Promise<Outcome> {
    const decision = await didit.sessions.waitForDecision(
      { session_id: session.id, session_token: link.session_token },
      {
        intervalMs,
        timeoutMs: Math.max(fewestLooks * intervalMs, session.createdAt + giveUpMs - now()),
        signal,
        async onStatus(status) {
          const state = openStateOf(status);
          const isNews = state && (await whenFree(() => sessions.progress(session.id, state), signal));
          if (isNews) changes.tell(session.id);
        },
      },
    );
    return outcomeOf(session, decision);
  }

  async function settle(session: Session): Promise<void> {
    const end = async (outcome: Outcome) => {
      if (await whenFree(() => sessions.end(session.id, outcome), signal)) changes.tell(session.id);
    };
    if (!session.link) return end({ state: 'failed', reason: session.state === 'creating' ? 'unfinished' : 'locked' });
    const giveUpAt = session.createdAt + giveUpMs;
    // Refused credentials, or a mistake of ours, are no reason to give up on a person: they can be mended meanwhile.
    for (let pauseMs = intervalMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await end(await waitFor(session, session.link));
      } catch (error) {
        if (signal.aborted) return;
        log(`waiting ${logLine(error)}`);
        const reason = reasonOf(error) ?? (now() < giveUpAt ? undefined : 'silence');
        if (reason) return end({ state: 'failed', reason });
        await sleep(pauseMs, undefined, { signal }).catch(() => {});
        if (signal.aborted) return;
      }
    }
  }

  function follow(session: Session): void {
    if (signal.aborted || waiting.has(session.id)) return;
    const settled = settle(session)
      .catch((error: unknown) => log(`waiting ${logLine(error)}`))
      .finally(() => waiting.delete(session.id));
    waiting.set(session.id, settled);
  }

  return {
    follow,
    resume() {
      for (const session of sessions.open()) follow(session);
    },
    async stop() {
      stopping.abort();
      await Promise.all(waiting.values());
    },
  };
}

/** @returns why the session has failed for good, or undefined when it is worth asking again */
function reasonOf(error: unknown): FailReason | undefined {
  if (error instanceof NotFoundError) return 'gone';
  if (error instanceof ResponseValidationError || error instanceof OptionsError) return 'unusable'; // its id, for example
  if (error instanceof TimeoutError) return 'silence';
  if (error instanceof TokenError || !(error instanceof ApiError)) return undefined;
  return error.status >= 500 || passingStatuses.includes(error.status) ? undefined : 'refused';
}
