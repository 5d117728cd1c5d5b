import { isFinalStatus } from './decision.ts';
import { ApiError } from './errors/api-errors.ts';
import { ConnectionError, TimeoutError } from './errors/no-response-errors.ts';
import { ResponseParseError } from './errors/response-body-errors.ts';
import { retryAfterOf, TokenError } from './errors/token-error.ts';
import { inWords, redact } from './errors/wording.ts';
import { sleep, unlessAborted } from './http/abort.ts';
import { endWith } from './http/with-closing.ts';
import type { CallOptions } from './options/call-options.ts';
import { checkedDuration } from './options/check.ts';
import type { Decision, Session, SessionStatus } from './types.ts';

/** Options of `sessions.waitForDecision`. */
export interface WaitOptions extends Pick<CallOptions, 'signal' | 'headers'> {
  /** First time between two status requests, in milliseconds. Grows to five times that until the status changes. Default: 2 000. */
  readonly intervalMs?: number | undefined;
  /** How long to wait in all, in milliseconds. Default: 600 000. */
  readonly timeoutMs?: number | undefined;
  /** Called with each status that differs from the one before, and awaited; what it throws ends the wait. */
  readonly onStatus?: ((status: SessionStatus) => unknown) | undefined;
}

/** The two operations that waiting needs. */
interface Operations {
  status(session: Pick<Session, 'session_id' | 'session_token'>, options: CallOptions): Promise<SessionStatus>;
  decision(session: Pick<Session, 'session_id'>, options: CallOptions): Promise<Decision>;
}

/**
 * Requests the status until it is final, then the decision. Continues while the service fails or the status is unknown,
 * until the deadline: then the wait ends with a `TimeoutError`, never with a success.
 */
export async function waitForDecision(
  sessions: Operations,
  session: Pick<Session, 'session_id' | 'session_token'>,
  options: WaitOptions = {},
  closing: AbortSignal,
): Promise<Decision> {
  const { signal, headers, onStatus, intervalMs = 2_000, timeoutMs = 600_000 } = options;
  checkedDuration('intervalMs', intervalMs);
  checkedDuration('timeoutMs', timeoutMs);

  const deadline = new AbortController();
  const stop = endWith(closing, signal, deadline, 'getSessionStatus');
  let last: SessionStatus | undefined;
  let failure: unknown;
  const timer = setTimeout(() => deadline.abort(timeoutOf(timeoutMs, last, failure)), timeoutMs);
  const call: CallOptions = { signal: deadline.signal, ...(headers && { headers }) };
  let waitMs = intervalMs;

  try {
    for (;;) {
      let changed = false;
      let decision: Decision | undefined;
      try {
        const status = await sessions.status(session, call);
        failure = undefined;
        changed = typeof status === 'string' && status !== last; // with `report`, a status may be anything
        if (changed) last = status;
        if (isFinalStatus(status)) decision = await sessions.decision(session, call);
      } catch (error) {
        if (deadline.signal.aborted || !isPassing(error)) throw error;
        failure = error;
      }
      if (changed && last !== undefined) {
        waitMs = intervalMs;
        await unlessAborted(Promise.resolve(onStatus?.(last)), deadline.signal);
      }
      if (decision && isFinalStatus(decision.status)) return decision; // the decision may lag behind the status
      await sleep(Math.max(retryAfterOf(failure), waitMs * (0.8 + 0.4 * Math.random())), deadline.signal);
      waitMs = Math.min(waitMs * 1.25, intervalMs * 5);
    }
  } finally {
    clearTimeout(timer);
    stop();
  }
}

/** Whether a failure, of the token request too, may pass without anyone's help. */
function isPassing(error: unknown): boolean {
  if (error instanceof TokenError || error instanceof ApiError) {
    return error.status === 408 || error.status === 429 || (error.status ?? 0) >= 500;
  }
  if (error instanceof ConnectionError) return !error.permanent;
  return [TimeoutError, ResponseParseError].some((Class) => error instanceof Class);
}

function timeoutOf(timeoutMs: number, last: string | undefined, failure: unknown): TimeoutError {
  const state = last === undefined ? 'No status was retrieved' : `The last status was "${redact(last)}"`;
  const then = failure instanceof Error ? `, then came a ${failure.name}` : '';
  return new TimeoutError(timeoutMs, {
    message: `No decision within ${inWords(timeoutMs)}. ${state}${then}. You can wait again with the same session.`,
    operation: 'getSessionStatus',
    cause: failure,
  });
}
