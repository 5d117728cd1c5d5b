/** The longest time that a timer can be set to, about 24 days; a longer one would fire immediately. */
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

/**
 * Waits for `ms` milliseconds. Leaves no timer behind.
 *
 * @throws the signal's reason, as soon as it aborts
 */
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

/** The callbacks that wait for a signal, and how its only listener is removed. */
interface Waiting {
  readonly callbacks: Set<() => void>;
  stop(): void;
}
const waitings = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls back when a signal aborts, unless it already has. The signal has one listener for all callbacks: Node 20 warns
 * of a leak when there are more than ten.
 *
 * @returns a function that ends the waiting
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const { callbacks, stop } = waitings.get(signal) ?? listenTo(signal);
  callbacks.add(callback);
  return () => {
    if (callbacks.delete(callback) && callbacks.size === 0) stop();
  };
}

function listenTo(signal: AbortSignal): Waiting {
  const callbacks = new Set<() => void>();
  const listener = () => {
    for (const callback of callbacks) callback();
  };
  const stop = () => {
    waitings.delete(signal);
    signal.removeEventListener('abort', listener);
  };
  const waiting = { callbacks, stop };
  waitings.set(signal, waiting);
  signal.addEventListener('abort', listener, { once: true });
  return waiting;
}
