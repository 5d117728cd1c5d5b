/** A pause that is longer each time it begins. */
export interface Backoff {
  /** Whether the pause is on. */
  readonly isOn: boolean;
  /** Begins a pause of twice the length of the last one: 1 s at first, and at first again after a minute without one. */
  begin(): void;
  /** Ends the pause; the next one is as short as the first. */
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
