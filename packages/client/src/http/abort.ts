import { onAbort } from './on-abort.ts';

/** The longest time that a timer can be set to, about 24 days; a longer one would fire at once. */
export const longestTimer = 2 ** 31 - 1;

/** Waits for a promise, but no longer than until the signal aborts: then the signal's own reason is thrown. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    const stopWaiting = onAbort(signal, () => reject(signal.reason));
    promise.then(resolve, reject).finally(stopWaiting);
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
