/** Who waits for a signal, and how its only listener is taken off. */
interface Waiting {
  readonly callbacks: Set<() => void>;
  stop(): void;
}
const everyone = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls back when a signal aborts, unless it has already. However many wait for it, the signal has one listener: Node
 * 20 takes more than ten for a leak and says so.
 *
 * @returns a function that ends the waiting
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const { callbacks, stop } = everyone.get(signal) ?? listenTo(signal);
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
    everyone.delete(signal);
    signal.removeEventListener('abort', listener);
  };
  const waiting = { callbacks, stop };
  everyone.set(signal, waiting);
  signal.addEventListener('abort', listener, { once: true });
  return waiting;
}
