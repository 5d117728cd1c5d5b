import { longestTimer, sleep } from '../http/abort.ts';

/** A time in which no retrieval begins. */
export interface Pause {
  /** Makes the pause last at least this long from now; a shorter time does not shorten it. */
  extend(ms: number): void;
  /** Waits until the pause ends. */
  over(): Promise<void>;
}

export function createPause(signal: AbortSignal): Pause {
  let end = 0;
  return {
    extend(ms) {
      end = Math.max(end, performance.now() + Math.min(ms, longestTimer));
    },
    async over() {
      for (let ms = end - performance.now(); ms > 0; ms = end - performance.now()) await sleep(ms, signal);
    },
  };
}
