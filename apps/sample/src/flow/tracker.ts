import { setTimeout as sleep } from 'node:timers/promises';
import {
  ApiError,
  NotFoundError,
  OptionsError,
  ResponseValidationError,
  TimeoutError,
  TokenError,
} from '@didit-data/client';
import { logLine } from '../failure.ts';
import type { FailReason, Outcome, Session, SessionLink } from '../session.ts';
import { whenFree } from '../store/when-free.ts';
import type { Core } from './core.ts';
import { openStateOf, outcomeOf } from './outcome.ts';

/** How long after its beginning a session is given up, in milliseconds: longer than Didit lets one live. */
const giveUpMs = 25 * 3_600_000;
/** Refusals that may pass. */
const passingStatuses = [401, 403, 408, 425, 429];
const longestPauseMs = 60_000;
/** After a restart the app also looks at a session that is too old: it may have been confirmed long ago. */
const fewestLooks = 5;

export type Tracker = ReturnType<typeof createTracker>;

/** Waits for the decisions of all open sessions: one waiter for a session, however many pages show it. */
export function createTracker({ didit, sessions, changes, log, intervalMs, now, closing: signal }: Core) {
  const waiting = new Map<string, Promise<void>>();

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
          if (isNews) changes.notify(session.id);
        },
      },
    );
    return outcomeOf(session, decision);
  }

  async function settle(session: Session): Promise<void> {
    const end = async (outcome: Outcome) => {
      if (await whenFree(() => sessions.end(session.id, outcome), signal)) changes.notify(session.id);
    };
    if (!session.link) return end({ state: 'failed', reason: session.state === 'creating' ? 'unfinished' : 'locked' });
    // Refused credentials, or a mistake of ours, do not fail a session: somebody can fix them meanwhile.
    for (let pauseMs = intervalMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await end(await waitFor(session, session.link));
      } catch (error) {
        if (signal.aborted) return;
        log(`waiting ${logLine(error)}`);
        const reason = reasonOf(error) ?? (now() < session.createdAt + giveUpMs ? undefined : 'silence');
        if (reason) return end({ state: 'failed', reason });
        await sleep(pauseMs, undefined, { signal }).catch(() => {});
        if (signal.aborted) return;
      }
    }
  }

  /** Waits for this session, unless the app already does. */
  function follow(session: Session): void {
    if (signal.aborted || waiting.has(session.id)) return;
    const settled = settle(session)
      .catch((error: unknown) => log(`waiting ${logLine(error)}`))
      .finally(() => waiting.delete(session.id));
    waiting.set(session.id, settled);
  }

  return {
    follow,

    /** Continues with every session that was open when the app last ended. */
    resume(): void {
      for (const session of sessions.open()) follow(session);
    },

    /** Waits until the waiting has ended; the sessions stay open. */
    async stop(): Promise<void> {
      await Promise.all(waiting.values());
    },
  };
}

/** @returns why the session has failed for good, or undefined when the app should ask again */
function reasonOf(error: unknown): FailReason | undefined {
  if (error instanceof NotFoundError) return 'gone';
  if (error instanceof ResponseValidationError || error instanceof OptionsError) return 'unusable'; // an id, for example
  if (error instanceof TimeoutError) return 'silence';
  if (error instanceof TokenError || !(error instanceof ApiError)) return undefined;
  return error.status >= 500 || passingStatuses.includes(error.status) ? undefined : 'refused';
}
