import { AuthenticationError, ConnectionError, OptionsError, retryAfterOf, TokenError } from './errors.ts';
import { longestTimer } from './http/abort.ts';
import { onAbort } from './http/on-abort.ts';
import { longestRetryAfterMs } from './http/with-retry.ts';
import { type CallOptions, checkedCount } from './options.ts';
import type { Decision, Session } from './types.ts';

/** A session as `create` returned it, or its id. */
export type SessionOrId = string | Pick<Session, 'session_id'>;

export function sessionIdOf(session: SessionOrId): string {
  return typeof session === 'string' ? session : session?.session_id;
}

/** One id's outcome. */
export type DecisionResult =
  | { readonly session_id: string; readonly decision: Decision; readonly error?: never }
  | { readonly session_id: string; readonly decision?: never; readonly error: Error };

/** How far `sessions.decisions` has come. */
export interface DecisionsProgress {
  /** Ids that are through, failed ones among them. */
  readonly done: number;
  /** Ids whose retrieval failed. */
  readonly failed: number;
  /** Ids a second since the beginning. */
  readonly ratePerSecond: number;
}

/** Options of `sessions.decisions`; those of a call apply to each retrieval. */
export interface DecisionsOptions extends CallOptions {
  /** How many decisions are asked for at a time. Default: 8. */
  readonly concurrency?: number | undefined;
  /** Called after each id, and waited for; what it throws ends the iteration. */
  readonly onProgress?: ((progress: DecisionsProgress) => unknown) | undefined;
}

type Retrieve = (
  session_id: string,
  options: CallOptions & { onThrottled: (delayMs: number) => void },
) => Promise<Decision>;

/**
 * Retrieves many decisions, each as soon as it is there, whatever the source of ids is doing. No more than
 * `concurrency` ids are taken or results kept at a time. When one call is told to wait, by a 429 or with
 * `Retry-After`, no other is begun for as long.
 */
export async function* retrieveDecisions(
  retrieve: Retrieve,
  ids: Iterable<SessionOrId> | AsyncIterable<SessionOrId>,
  { concurrency = 8, onProgress, signal, headers, timeoutMs }: DecisionsOptions = {},
): AsyncGenerator<DecisionResult, void, undefined> {
  checkedCount('concurrency', concurrency);
  const source = iteratorOf(ids);
  signal?.throwIfAborted();

  const ending = new AbortController();
  const call = { headers, timeoutMs, signal: ending.signal, onThrottled };
  const finished: DecisionResult[] = [];
  let running = 0;
  let state = 'ready' as 'ready' | 'asked' | 'exhausted';
  let failure: { readonly error: unknown } | undefined;
  let resumeAt = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let wake = () => {};

  const stopWaiting =
    signal &&
    onAbort(signal, () => {
      ending.abort(signal.reason);
      wake();
    });

  function onThrottled(delayMs: number): void {
    resumeAt = Math.max(resumeAt, performance.now() + Math.min(delayMs, longestTimer));
  }

  /** Asks the source for ids, one after another, until there is enough to do. */
  function fill(): void {
    if (state !== 'ready' || running + finished.length >= concurrency || ending.signal.aborted) return;
    const pauseMs = resumeAt - performance.now();
    if (pauseMs > 0) {
      clearTimeout(pause);
      pause = setTimeout(fill, pauseMs);
      return;
    }
    state = 'asked';
    (async () => source.next())().then(
      ({ done, value }) => {
        state = done ? 'exhausted' : 'ready';
        if (!done) start(value);
        fill();
        wake();
      },
      (error: unknown) => {
        state = 'exhausted';
        failure = { error };
        wake();
      },
    );
  }

  function start(session: SessionOrId): void {
    running += 1;
    // Of a session the id alone: whoever prints a result prints no secret.
    const session_id = sessionIdOf(session);
    const settle = (result: DecisionResult) => {
      running -= 1;
      finished.push(result);
      wake();
    };
    retrieve(session_id, call).then(
      (decision) => settle({ session_id, decision }),
      (error: unknown) => {
        onThrottled(retryAfterOf(error)); // also of the token request, which many calls share
        settle({ session_id, error: error instanceof Error ? error : new Error(String(error)) });
      },
    );
  }

  const startedAt = performance.now();
  let done = 0;
  let failed = 0;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const result = finished.shift();
      fill();
      if (result) {
        if (result.error && isFatal(result.error)) throw result.error;
        done += 1;
        if (result.error) failed += 1;
        const seconds = Math.max(0.001, (performance.now() - startedAt) / 1_000);
        await onProgress?.({ done, failed, ratePerSecond: done / seconds });
        yield result;
      } else if (state === 'exhausted' && running === 0) {
        if (failure) throw failure.error;
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    clearTimeout(pause);
    stopWaiting?.();
    ending.abort(new DOMException('The iteration has ended.', 'AbortError'));
    // Not waited for while it owes an answer: it may never give one. What ended the iteration is what is thrown.
    if (state !== 'exhausted') {
      const closed = (async () => source.return?.())().catch(() => {});
      if (state === 'ready') await closed;
    }
  }
}

/**
 * With refused credentials no further id can succeed, and each would ask for a token again; and nobody wants to find
 * out tomorrow that the service had asked for a day's pause.
 */
function isFatal(error: Error): boolean {
  if (retryAfterOf(error) > longestRetryAfterMs) return true;
  if (error instanceof AuthenticationError) return true;
  if (error instanceof ConnectionError && error.permanent) return true;
  return error instanceof TokenError && [400, 401, 403].includes(error.status ?? 0);
}

function iteratorOf(
  ids: Iterable<SessionOrId> | AsyncIterable<SessionOrId>,
): Iterator<SessionOrId> | AsyncIterator<SessionOrId> {
  const {
    [Symbol.asyncIterator]: later,
    [Symbol.iterator]: now,
  }: Partial<typeof ids & Iterable<SessionOrId> & AsyncIterable<SessionOrId>> =
    typeof ids === 'object' && ids !== null ? ids : {};
  const iterator = later?.call(ids) ?? now?.call(ids);
  if (!iterator) throw new OptionsError('ids must be a list or another iterable of session ids');
  return iterator;
}
