import { OptionsError, TokenError } from './errors.ts';
import { sleep } from './http/abort.ts';
import { type CallOptions, checkedCount } from './options.ts';
import type { Decision } from './types.ts';

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
  /** Called after each id. */
  readonly onProgress?: ((progress: DecisionsProgress) => void) | undefined;
}

type Retrieve = (
  session_id: string,
  options: CallOptions & { onThrottled: (delayMs: number) => void },
) => Promise<Decision>;

/**
 * Retrieves many decisions, each as soon as it is there. No more than `concurrency` ids are taken or results kept at a
 * time. When one call is told 429, all wait for as long as that one does.
 */
export async function* retrieveDecisions(
  retrieve: Retrieve,
  ids: Iterable<string> | AsyncIterable<string>,
  { concurrency = 8, onProgress, signal, ...call }: DecisionsOptions = {},
): AsyncGenerator<DecisionResult, void, undefined> {
  checkedCount('concurrency', concurrency);
  const ending = new AbortController();
  const onAbort = () => ending.abort(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', onAbort, { once: true });

  const startedAt = performance.now();
  let done = 0;
  let failed = 0;
  let running = 0;
  let resumeAt = 0;
  const onThrottled = (delayMs: number) => {
    resumeAt = Math.max(resumeAt, Date.now() + delayMs);
  };

  const finished: DecisionResult[] = [];
  let wake = () => {};
  async function start(session_id: string): Promise<void> {
    running += 1;
    finished.push(
      await retrieve(session_id, { ...call, signal: ending.signal, onThrottled }).then(
        (decision) => ({ session_id, decision }),
        (error: unknown) => ({ session_id, error: error instanceof Error ? error : new Error(String(error)) }),
      ),
    );
    running -= 1;
    wake();
  }

  const source = iteratorOf(ids);
  let exhausted = false;
  try {
    for (;;) {
      while (!exhausted && running + finished.length < concurrency) {
        if (resumeAt > Date.now()) await sleep(resumeAt - Date.now(), ending.signal);
        const next = await source.next();
        if (next.done) exhausted = true;
        else start(next.value);
      }
      let result = finished.shift();
      if (!result) {
        if (running === 0) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        result = finished.shift();
      }
      signal?.throwIfAborted();
      if (!result) continue;
      if (result.error instanceof TokenError && isRefusal(result.error)) throw result.error;
      done += 1;
      if (result.error) failed += 1;
      onProgress?.({ done, failed, ratePerSecond: done / Math.max(0.001, (performance.now() - startedAt) / 1_000) });
      yield result;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    ending.abort(new DOMException('The iteration has ended.', 'AbortError'));
    if (!exhausted) await source.return?.();
  }
}

/** With refused credentials no further id can succeed, and each would ask for a token again. */
const isRefusal = ({ status }: TokenError) => status === 400 || status === 401 || status === 403;

function iteratorOf(ids: Iterable<string> | AsyncIterable<string>): Iterator<string> | AsyncIterator<string> {
  const {
    [Symbol.asyncIterator]: later,
    [Symbol.iterator]: now,
  }: Partial<typeof ids & Iterable<string> & AsyncIterable<string>> =
    typeof ids === 'object' && ids !== null ? ids : {};
  const iterator = later?.call(ids) ?? now?.call(ids);
  if (!iterator) throw new OptionsError('ids must be a list or another iterable of session ids');
  return iterator;
}
