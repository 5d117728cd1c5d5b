import { createPause, type Pause } from './decisions/pause.ts';
import { createResults } from './decisions/results.ts';
import { sourceOf } from './decisions/source.ts';
import { AuthenticationError } from './errors/api-errors.ts';
import { ConnectionError } from './errors/no-response-errors.ts';
import { OptionsError } from './errors/options-error.ts';
import { isRefusal, retryAfterOf } from './errors/token-error.ts';
import { unlessAborted } from './http/abort.ts';
import { endWith } from './http/with-closing.ts';
import { longestRetryAfterMs } from './http/with-retry.ts';
import { type CallOptions, callNames, checkedCall } from './options/call-options.ts';
import { checkedCount, checkFunction } from './options/check.ts';
import type { Decision, Session } from './types.ts';

/** A session as `create` returned it, or its id. */
export type SessionOrId = string | Pick<Session, 'session_id'>;

export function sessionIdOf(session: SessionOrId): string {
  return typeof session === 'string' ? session : session?.session_id;
}

/** The decision of one id, or its error. The `session_id` of an item that has none is empty. */
export type DecisionResult =
  | { readonly session_id: string; readonly decision: Decision; readonly error?: never }
  | { readonly session_id: string; readonly decision?: never; readonly error: Error };

/** The progress of `sessions.decisions`. */
export interface DecisionsProgress {
  /** Ids that are finished, including failed ones. */
  readonly done: number;
  /** Ids whose retrieval failed. */
  readonly failed: number;
  /** Ids per second since the start. */
  readonly ratePerSecond: number;
}

/** Options of `sessions.decisions`; those of a call apply to each retrieval. */
export interface DecisionsOptions extends CallOptions {
  /** How many decisions are requested at a time. Default: 8. */
  readonly concurrency?: number | undefined;
  /** Called after each id and awaited, until `signal` aborts; what it throws ends the iteration. */
  readonly onProgress?: ((progress: DecisionsProgress) => unknown) | undefined;
}

/** Retrieves the decision of one id. */
export type Retrieve = (
  session_id: string,
  options: CallOptions & { onThrottled: (delayMs: number) => void },
) => Promise<Decision>;

/**
 * Retrieves many decisions and yields each as soon as it arrives: a slow source of ids delays no result. Reads at most
 * `concurrency` ids ahead. When the service asks one call to wait, by a 429 or with `Retry-After`, no other call begins
 * during the pause.
 *
 * An item that is not a session id is a result with an error. A source that throws ends the iteration after all results
 * before it.
 */
export async function* retrieveDecisions(
  retrieve: Retrieve,
  ids: Iterable<SessionOrId> | AsyncIterable<SessionOrId>,
  options: DecisionsOptions | undefined,
  closing: AbortSignal,
): AsyncGenerator<DecisionResult, void, undefined> {
  checkedCall(options, [...callNames, 'concurrency', 'onProgress']); // before the first id is read
  const { concurrency = 8, onProgress, signal, headers, timeoutMs } = options ?? {};
  checkedCount('concurrency', concurrency);
  checkFunction('onProgress', onProgress);
  const source = sourceOf(ids);

  const ending = new AbortController();
  const stop = endWith(closing, signal, ending, 'getSessionDecision');
  const pause = createPause(ending.signal);
  const call = { headers, timeoutMs, signal: ending.signal, onThrottled: pause.extend };
  const work = (item: unknown) => resultOf(item, (session_id) => retrieve(session_id, call), pause);
  const results = createResults(source, work, { concurrency, pause, signal: ending.signal });
  const progressAfter = createCounter();

  try {
    for (let result = await results.next(); result; result = await results.next()) {
      if (result.error && isFatal(result.error)) throw result.error;
      const progress = progressAfter(result);
      if (onProgress) await unlessAborted((async () => onProgress(progress))(), ending.signal);
      yield result;
    }
  } finally {
    stop();
    const patience = ending.signal.aborted ? ending.signal : signal;
    ending.abort(new DOMException('The iteration has ended.', 'AbortError'));
    await unlessAborted(source.close(), patience).catch(() => {}); // the error that ended the iteration is thrown
  }
}

/** Never rejects: an item that is not a session id, or that cannot be read, is a result with an error. */
async function resultOf(
  item: unknown,
  retrieve: (session_id: string) => Promise<Decision>,
  pause: Pause,
): Promise<DecisionResult> {
  let session_id = '';
  try {
    const { id } = await read(item);
    if (typeof id === 'string') session_id = id;
    await pause.over();
    return { session_id, decision: await retrieve(id as string) };
  } catch (error) {
    pause.extend(retryAfterOf(error)); // a token request, which many calls share, may have asked for it
    return { session_id, error: error instanceof Error ? error : new Error('No Error was thrown.', { cause: error }) };
  }
}

/** Keeps only the id of a session, so that a printed result shows no secret. */
async function read(item: unknown): Promise<{ readonly id: unknown }> {
  try {
    return { id: sessionIdOf((await item) as SessionOrId) };
  } catch (cause) {
    throw new OptionsError('An item of `ids` cannot be read. See `cause`.', { operation: 'getSessionDecision', cause });
  }
}

function createCounter(): (result: DecisionResult) => DecisionsProgress {
  const startedAt = performance.now();
  let done = 0;
  let failed = 0;
  return ({ error }) => {
    done += 1;
    if (error) failed += 1;
    const seconds = Math.max(0.001, (performance.now() - startedAt) / 1_000);
    return { done, failed, ratePerSecond: done / seconds };
  };
}

/** Whether no further id can succeed, or only after a long pause: then the caller should know immediately. */
function isFatal(error: Error): boolean {
  return (
    retryAfterOf(error) > longestRetryAfterMs ||
    error instanceof AuthenticationError ||
    isRefusal(error) ||
    (error instanceof ConnectionError && error.permanent)
  );
}
