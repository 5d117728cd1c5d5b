import { ConnectionError, TimeoutError } from '../errors/no-response-errors.ts';
import { sleep } from './abort.ts';
import { contextOf, copyOf, type Fetch, type Layer, signalOf, withContext } from './compose.ts';
import { type Hooks, nameOf } from './hooks.ts';
import { release } from './read-body.ts';
import { retryAfterMs } from './response-headers.ts';

/** The longest `Retry-After`, in milliseconds, that is waited out. A longer one is returned instead of retried. */
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
 * | GET, and the token request | a connection error that is not permanent, time limit, 408, 429, 500, 502, 503, 504 |
 * | any other | 429; 503 with `Retry-After`; a refused connection: where nothing can have happened |
 *
 * @param maxRetries how often a request is sent again at most
 * @param onRetry called before each wait
 */
export function withRetry(maxRetries: number, onRetry: Hooks['onRetry']): Layer {
  return (next) => async (request, init) => {
    const { sentBefore = 0, operation, onThrottled } = contextOf(request);
    for (let retries = 0; ; retries += 1) {
      const isLast = retries >= maxRetries;
      const attempt = sentBefore + retries;
      withContext(request, { attempt });
      const attempted = await attemptWith(next, isLast ? request : copyOf(request), init);
      const { response } = attempted;
      if (response?.ok) return response;
      const asked = response && retryAfterMs(response.headers);
      const delayMs = asked ?? Math.random() * Math.min(longestDelayMs, firstDelayMs * 2 ** retries);
      if (isThrottled(response, asked)) onThrottled?.(delayMs);
      if (isLast || (asked ?? 0) > longestRetryAfterMs || !mayRepeat(request, attempted)) {
        if (response) return response;
        throw attempted.error;
      }
      if (response) release(response); // the next attempt may need its connection
      const reason = response ? { status: response.status } : { error: nameOf(attempted.error) };
      onRetry?.({ operation, attempt: attempt + 1, delayMs, ...reason });
      await sleep(delayMs, signalOf(request, init));
    }
  };
}

type Attempted = { response: Response; error?: undefined } | { response?: undefined; error: unknown };

async function attemptWith(next: Fetch, request: Request, init: RequestInit | undefined): Promise<Attempted> {
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

function mayRepeat(request: Request, { response, error }: Attempted): boolean {
  const isSafe = request.method === 'GET' || contextOf(request).operation === 'issueToken';
  if (response) {
    const { status, headers } = response;
    return isSafe
      ? [408, 429, 500, 502, 503, 504].includes(status)
      : status === 429 || (status === 503 && retryAfterMs(headers) !== undefined);
  }
  if (error instanceof ConnectionError) return !error.permanent && (isSafe || error.refused);
  return isSafe && error instanceof TimeoutError;
}
