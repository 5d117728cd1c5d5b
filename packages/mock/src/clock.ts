/** Time to add; the parts add up. */
export interface Advance {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly ms?: number;
}

/** The clock by which tokens and sessions expire. It runs, and can be put forward. */
export interface MockClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Puts it forward. Throws a `RangeError` for anything but finite numbers from 0 on. */
  advance(by: Advance): void;
  /** Puts it to a moment, from which it runs on. Throws a `RangeError` when that is no moment. */
  set(moment: Date | number | string): void;
}

const unit: Readonly<Record<string, number>> = {
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
  ms: 1,
};

const limit = 8.64e15; // the last moment of a `Date`

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
    let total = 0;
    for (const [name, value] of Object.entries(by)) {
      const factor = unit[name];
      if (factor === undefined) throw new RangeError(`clock: no unit ${name}. Known: ${Object.keys(unit).join(', ')}.`);
      if (value === undefined) continue;
      if (typeof value !== 'number' || !(value >= 0))
        throw new RangeError(`clock: ${name} must be a number from 0 on.`);
      total += value * factor;
    }
    this.#moveTo(this.now() + total);
  }

  set(moment: Date | number | string): void {
    this.#moveTo(new Date(moment).getTime());
  }

  reset(): void {
    this.#offset = 0;
  }

  #moveTo(moment: number): void {
    if (!(Math.abs(moment) <= limit)) throw new RangeError('clock: not a moment that a Date can hold.');
    this.#offset = moment - this.#base();
  }
}
