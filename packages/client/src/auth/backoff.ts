/** A pause that gets longer each time it begins. */
export interface Backoff {
  /** Whether the pause lasts. */
  readonly isOn: boolean;
  /** Begins a pause of twice the last one's length: 1 s at first, and again 1 s after a minute without a pause. */
  begin(): void;
  /** Ends the pause; the next one is 1 s again. */
  reset(): void;
}

const firstMs = 1_000;
const quietMs = 60_000;

/** @param longestMs length of the longest pause, in milliseconds */
export function createBackoff(longestMs: number): Backoff {
  let since = 0;
  let ms = 0;
  return {
    get isOn() {
      const passed = Date.now() - since;
      return passed >= 0 && passed < ms; // a clock that is set back ends the pause
    },
    begin() {
      const isFirst = ms === 0 || Date.now() - since > ms + quietMs;
      ms = isFirst ? firstMs : Math.min(longestMs, ms * 2);
      since = Date.now();
    },
    reset() {
      ms = 0;
    },
  };
}
