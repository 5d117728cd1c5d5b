import { isFinalStatus } from './decision.ts';
import { ApiError } from './errors/api-errors.ts';
import { ConnectionError, TimeoutError } from './errors/no-response-errors.ts';
import { redact } from './errors/redact.ts';
import { ResponseParseError } from './errors/response-body-errors.ts';
import { retryAfterOf, TokenError } from './errors/token-error.ts';
import { onAbort, sleep, unlessAborted } from './http/abort.ts';
import { endWith } from './http/with-closing.ts';
import type { CallOptions } from './options/call-options.ts';
import { checkedDuration } from './options/check.ts';
import type { Decision, Session, SessionStatus } from './types.ts';

/** Options of `sessions.waitForDecision`. */
export interface WaitOptions extends Pick<CallOptions, 'signal' | 'headers'> {
  /** Time between two looks at first, in milliseconds. Grows to five times that while nothing happens. Default: 2 000. */
  readonly intervalMs?: number | undefined;
  /** How long to wait in all, in milliseconds. Default: 600 000. */
  readonly timeoutMs?: number | undefined;
  /** Called with each status that differs from the one before, and waited for; what it throws ends the wait. */
  readonly onStatus?: ((status: SessionStatus) => unknown) | undefined;
}

/** The two operations that waiting needs. */
interface Operations {
  status(session: Pick<Session, 'session_id' | 'session_token'>, options: CallOptions): Promise<SessionStatus>;
  decision(session: Pick<Session, 'session_id'>, options: CallOptions): Promise<Decision>;
}

/**
 * Asks for the status until it is final, then for the decision. A service that fails in between is asked again later;
 * an unknown status is waited out, and at the deadline it is a timeout, never a success.
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
  signal?.throwIfAborted();
  const stopClosing = endWith(closing, deadline, 'getSessionStatus');
  const stopWaiting = signal && onAbort(signal, () => deadline.abort(signal.reason));
  let last: SessionStatus | undefined;
  let trouble: unknown;
  const timer = setTimeout(() => deadline.abort(timeoutOf(timeoutMs, last, trouble)), timeoutMs);
  const call: CallOptions = { signal: deadline.signal, ...(headers && { headers }) };
  let waitMs = intervalMs;

  try {
    for (;;) {
      let changed = false;
      let decision: Decision | undefined;
      try {
        const status = await sessions.status(session, call);
        trouble = undefined;
        changed = typeof status === 'string' && status !== last; // an answer that breaks the contract may be passed on
        if (changed) last = status;
        if (isFinalStatus(status)) decision = await sessions.decision(session, call);
      } catch (error) {
        if (deadline.signal.aborted || !isPassing(error)) throw error;
        trouble = error;
      }
      if (changed && last !== undefined) {
        waitMs = intervalMs;
        await unlessAborted(Promise.resolve(onStatus?.(last)), deadline.signal);
      }
      if (decision && isFinalStatus(decision.status)) return decision; // the two operations may be a moment apart
      await sleep(Math.max(retryAfterOf(trouble), waitMs * (0.8 + 0.4 * Math.random())), deadline.signal);
      waitMs = Math.min(waitMs * 1.25, intervalMs * 5);
    }
  } finally {
    clearTimeout(timer);
    stopClosing();
    stopWaiting?.();
  }
}

/** Trouble of the kind that a service or a network gets over by itself; the token request's is no other. */
function isPassing(error: unknown): boolean {
  if (error instanceof TokenError || error instanceof ApiError) {
    return error.status === 408 || error.status === 429 || (error.status ?? 0) >= 500;
  }
  if (error instanceof ConnectionError) return !error.permanent;
  return [TimeoutError, ResponseParseError].some((Class) => error instanceof Class);
}

function timeoutOf(timeoutMs: number, last: string | undefined, trouble: unknown): TimeoutError {
  const state = last === undefined ? 'no status was retrieved' : `the last status was "${redact(last)}"`;
  const failure = trouble instanceof Error ? `, then came a ${trouble.name}` : '';
  return new TimeoutError(timeoutMs, {
    message: `no decision within ${timeoutMs} ms; ${state}${failure}`,
    operation: 'getSessionStatus',
    cause: trouble,
  });
}
