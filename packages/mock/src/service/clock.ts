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
  /** Puts it forward. Throws a `RangeError` for anything but finite numbers from 0 on, or beyond the year 9998. */
  advance(by: Advance): void;
  /** Puts it to a moment, from which it runs on. Throws a `RangeError` when that is no moment of the years 0 to 9998. */
  set(moment: Date | number | string): void;
}

const unit: Readonly<Record<string, number>> = {
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
  ms: 1,
};

/** RFC 3339 writes years in four digits. The last of them is left for the clock to run on. */
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

  /** @param by put forward by so much besides; when either makes no sense, the clock stays as it is */
  set(moment: Date | number | string, by: Advance = {}): void {
    this.#moveTo(new Date(moment).getTime() + durationOf(by));
  }

  reset(): void {
    this.#offset = 0;
  }

  #moveTo(moment: number): void {
    if (!(moment >= earliest && moment < end)) {
      throw new RangeError(
        'clock: must be a moment of the years 0 to 9998, so that each date made from it can be written.',
      );
    }
    this.#offset = moment - this.#base();
  }
}

function durationOf(by: Advance): number {
  let total = 0;
  for (const [name, value] of Object.entries(by)) {
    const factor = unit[name];
    if (factor === undefined) throw new RangeError(`clock: no unit ${name}. Known: ${Object.keys(unit).join(', ')}.`);
    if (value === undefined) continue;
    if (typeof value !== 'number' || !(value >= 0)) throw new RangeError(`clock: ${name} must be a number from 0 on.`);
    total += value * factor;
  }
  return total;
}
