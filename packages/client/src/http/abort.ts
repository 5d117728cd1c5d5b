import { onAbort } from './on-abort.ts';

/** The longest time that a timer can be set to, about 24 days; a longer one would fire at once. */
export const longestTimer = 2 ** 31 - 1;

/** How long a wait may take in milliseconds, and what is thrown when it takes longer. */
export interface WaitLimit {
  readonly ms: number;
  error(): Error;
}

/**
 * Waits for a promise until the signal aborts or the limit has passed. Leaves no timer and no listener behind.
 *
 * @throws the signal's own reason, or the limit's error
 */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined, limit?: WaitLimit): Promise<T> {
  if (!signal && !limit) return promise;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopWaiting: (() => void) | undefined;
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) reject(signal.reason);
    stopWaiting = signal && onAbort(signal, () => reject(signal.reason));
    if (limit) timer = setTimeout(() => reject(limit.error()), limit.ms);
    promise.then(resolve, reject);
  }).finally(() => {
    clearTimeout(timer);
    stopWaiting?.();
  });
}

/** Waits for `ms` milliseconds, or throws the signal's reason as soon as it aborts; no timer is left behind. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const slept = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(ms, longestTimer));
  });
  try {
    await unlessAborted(slept, signal);
  } finally {
    clearTimeout(timer);
  }
}
