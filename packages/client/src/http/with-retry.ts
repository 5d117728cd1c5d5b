import { ConnectionError, TimeoutError } from '../errors/no-response-errors.ts';
import { sleep } from './abort.ts';
import { contextOf, copyOf, type Fetch, type Layer, operationOf, signalOf, withContext } from './compose.ts';
import { harmless, type RetryEvent } from './hooks.ts';
import { letGo } from './read-body.ts';
import { retryAfterMs } from './response-headers.ts';

/** Options of {@link withRetry}. */
export interface RetryOptions {
  /** How often a request is sent again at most. Default: 2. */
  readonly maxRetries?: number | undefined;
  /** A longer `Retry-After` is not slept through: the answer that asked for it is given back. Default: 60 000. */
  readonly maxRetryAfterMs?: number | undefined;
  /** Told before each wait. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
}

/** A `Retry-After` beyond this, in milliseconds, is told instead of slept through, unless a layer is set otherwise. */
export const longestRetryAfterMs = 60_000;

/** The first wait is at most this long; each further one may be twice as long, up to the longest. */
const firstDelayMs = 500;
const longestDelayMs = 8_000;

/**
 * Sends again what failed and may be sent again, after the time that `Retry-After` asks for, or else after a random
 * time that may double with each attempt (full jitter).
 *
 * | request | sent again on |
 * |---|---|
 * | GET, HEAD, and the token request | no response that may come next time, time limit, 408, 429, 500, 502, 503, 504 |
 * | any other | 429; 503 with `Retry-After`; a refused connection: where nothing can have happened |
 */
export function withRetry(options: RetryOptions = {}): Layer {
  const { maxRetries = 2, maxRetryAfterMs = longestRetryAfterMs } = options;
  const { onRetry } = harmless(options);
  return (next) => async (request, init) => {
    const { sentBefore = 0 } = contextOf(request);
    withContext(request, { sentBefore: 0 }); // the next time that it is handed over is another one
    for (let retries = 0; ; retries += 1) {
      const isLast = retries >= maxRetries;
      const attempt = sentBefore + retries;
      withContext(request, { attempt });
      const outcome = await attemptWith(next, isLast ? request : copyOf(request), init);
      if (outcome.response?.ok) return outcome.response;
      const { asked, delay } = waitAfter(outcome, retries);
      if (isThrottled(outcome.response, asked)) contextOf(request).onThrottled?.(asked ?? delay);
      const isTooLong = asked !== undefined && asked > maxRetryAfterMs;
      const wait = isLast || isTooLong || !mayRepeat(request, outcome) ? undefined : (asked ?? delay);
      if (wait === undefined) {
        if (outcome.response) return outcome.response;
        throw outcome.error;
      }
      if (outcome.response) letGo(outcome.response); // the next attempt may need its connection
      onRetry?.({ operation: operationOf(request), attempt: attempt + 1, delayMs: wait, ...reasonOf(outcome) });
      await sleep(wait, signalOf(request, init));
    }
  };
}

type Outcome = { response: Response; error?: undefined } | { response?: undefined; error: unknown };

async function attemptWith(next: Fetch, request: Request, init: RequestInit | undefined): Promise<Outcome> {
  try {
    return { response: await next(request, init) };
  } catch (error) {
    return { error };
  }
}

/** Whether the service is too busy for more requests of any kind, not for this one alone. */
function isThrottled(response: Response | undefined, asked: number | undefined): boolean {
  return response?.status === 429 || (response?.status === 503 && asked !== undefined);
}

const transientStatuses: readonly number[] = [408, 429, 500, 502, 503, 504];

function mayRepeat(request: Request, { response, error }: Outcome): boolean {
  const isSafe = request.method === 'GET' || request.method === 'HEAD' || contextOf(request).operation === 'issueToken';
  if (isSafe) {
    return response
      ? transientStatuses.includes(response.status)
      : (error instanceof ConnectionError && !error.permanent) || error instanceof TimeoutError;
  }
  return response
    ? response.status === 429 || (response.status === 503 && response.headers.has('retry-after'))
    : error instanceof ConnectionError && error.refused && !error.permanent;
}

/** What the service asks for, and what to wait where it asks for nothing; in milliseconds. */
function waitAfter({ response }: Outcome, retries: number): { asked: number | undefined; delay: number } {
  return {
    asked: response && retryAfterMs(response.headers),
    delay: Math.random() * Math.min(longestDelayMs, firstDelayMs * 2 ** retries),
  };
}

function reasonOf({ response, error }: Outcome): { status: number } | { error: string } {
  return response ? { status: response.status } : { error: error instanceof Error ? error.name : 'Error' };
}
