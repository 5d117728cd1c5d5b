/** A duration. Its parts add up. */
export interface Advance {
  readonly days?: number | undefined;
  readonly hours?: number | undefined;
  readonly minutes?: number | undefined;
  readonly seconds?: number | undefined;
  readonly ms?: number | undefined;
}

/** The clock by which tokens and sessions expire. It runs, and a test can set it. */
export interface MockClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Moves the clock forward.
   *
   * @throws {RangeError} when a part is not a number from 0 on, or the clock would pass the year 9998
   */
  advance(by: Advance): void;
  /**
   * Sets the clock. It continues from there.
   *
   * @throws {RangeError} when the moment is not in the years 0 to 9998
   */
  set(moment: Date | number | string): void;
}

const unit: Readonly<Record<string, number>> = {
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
  ms: 1,
};

/** RFC 3339 writes years with four digits. The clock cannot be set to the last one, so that it can run on in it. */
const earliest = Date.parse('0000-01-01T00:00:00Z');
const end = Date.parse('9999-01-01T00:00:00Z');

export class Clock implements MockClock {
  readonly #base: () => number;
  #offset = 0;

  constructor(base: () => number) {
    this.#base = base;
  }

  now(): number {
    return this.#base() + this.#offset;
  }

  advance(by: Advance): void {
    this.#moveTo(this.now() + durationOf(by));
  }

  /** @param by is added to the moment. When one of the two is invalid, the clock does not change. */
  set(moment: Date | number | string, by: Advance = {}): void {
    this.#moveTo(new Date(moment).getTime() + durationOf(by));
  }

  reset(): void {
    this.#offset = 0;
  }

  #moveTo(moment: number): void {
    if (!(moment >= earliest && moment < end)) {
      throw new RangeError('The clock can only be set to a moment in the years 0 to 9998.');
    }
    this.#offset = moment - this.#base();
  }
}

function durationOf(by: Advance): number {
  let total = 0;
  for (const [name, value] of Object.entries(by)) {
    const factor = unit[name];
    if (factor === undefined) {
      throw new RangeError(`The clock has no unit ${name}. It has: ${Object.keys(unit).join(', ')}.`);
    }
    if (value === undefined) continue;
    if (typeof value !== 'number' || !(value >= 0)) {
      throw new RangeError(`${name} must be a number, 0 or above. The clock does not run backwards.`);
    }
    total += value * factor;
  }
  return total;
}
