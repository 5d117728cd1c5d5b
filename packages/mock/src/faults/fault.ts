import { MockOptionsError } from '../errors.ts';

/** What can go wrong on the way to an answer. */
export const faultKinds = [
  'status',
  'delay',
  'hang',
  'reset',
  'empty',
  'truncate',
  'malformed',
  'html',
  'wrong-content-type',
  'slow-drip',
  'schema-violation',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A fault to play on an operation. `status`, `hang`, `reset`, `empty` and `html` answer in its place: nothing happens. */
export interface Fault {
  readonly kind: FaultKind;
  /** How often it plays, then it is gone. Default: until it is cleared. */
  readonly times?: number;
  /** From 0 to 1: the share of requests that it plays on. Default: 1. */
  readonly probability?: number;
  /**
   * Milliseconds to wait before anything is sent. `delay`: 1 000 unless given. `slow-drip`: how long the body takes,
   * 1 000 unless given. Otherwise 0.
   */
  readonly ms?: number;
  /** Of `status` (required) and `html` (502 unless given): from 200 to 599. */
  readonly status?: number;
  /** Of `status` and `html`: headers beside the content type, or in its place. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of `status`, `html` and `malformed`: text, or for `status` anything that JSON can hold. */
  readonly body?: unknown;
}

/** A fault that was added. */
export interface FaultHandle {
  readonly id: number;
  /** How often it has played. */
  readonly played: number;
  /** Takes it away, whether it has played or not. */
  clear(): void;
}

/** A fault that waits to play, and the operation it plays on; `*` is any of them. */
export interface PlannedFault extends Fault {
  readonly id: number;
  readonly operationId: string;
  readonly played: number;
}

const members = ['kind', 'times', 'probability', 'ms', 'status', 'headers', 'body'];
const membersOf = { status: ['status', 'html'], headers: ['status', 'html'], body: ['status', 'html', 'malformed'] };

const framing = ['content-length', 'transfer-encoding', 'connection'];

/** Throws a `MockOptionsError` for a fault that makes no sense. It may come over HTTP: nothing is taken for granted. */
export function checkFault(fault: Fault): Fault {
  check(typeof fault === 'object' && fault !== null, 'must be an object.');
  const unknown = Object.keys(fault).find((name) => !members.includes(name));
  check(unknown === undefined, `has no ${unknown}. It has: ${members.join(', ')}.`);
  const { kind, times = 1, probability = 1, ms = 0, status, headers = {}, body } = fault;
  check(faultKinds.includes(kind), `kind must be one of: ${faultKinds.join(', ')}.`);
  check(Number.isSafeInteger(times) && times > 0, 'times must be a whole number above 0.');
  check(typeof probability === 'number' && probability >= 0 && probability <= 1, 'probability must be from 0 to 1.');
  check(Number.isSafeInteger(ms) && ms >= 0 && ms < 2 ** 31, 'ms must be a whole number of milliseconds, 0 or above.');
  for (const [name, kinds] of Object.entries(membersOf)) {
    check(Reflect.get(fault, name) === undefined || kinds.includes(kind), `${name} is of ${kinds.join(', ')} only.`);
  }
  check(kind !== 'status' || status !== undefined, 'status needs the status to answer.');
  const inRange = status === undefined || (Number.isInteger(status) && status >= 200 && status <= 599);
  check(inRange, 'status must be a whole number from 200 to 599.');
  check(isHeaders(headers), `headers must be names and values that HTTP allows, and none of ${framing.join(', ')}.`);
  check(body === undefined || isJson(body), 'body must be something that JSON can hold.');
  check(kind === 'status' || body === undefined || typeof body === 'string', `body of ${kind} must be text.`);
  return fault;
}

/** The faults that wait to play, in the order in which they were added. */
export class FaultPlan {
  readonly #faults = new Map<number, { operationId: string; fault: Fault; played: number }>();
  readonly #given: (() => number) | undefined;
  #random: () => number;
  #lastId = 0;

  /** @param random numbers from 0 to 1; without it the plan makes its own, the same after each `reset` */
  constructor(random: (() => number) | undefined) {
    this.#given = random;
    this.#random = random ?? seededRandom();
  }

  add(operationId: string, fault: Fault): FaultHandle {
    this.#lastId += 1;
    const id = this.#lastId;
    const planned = { operationId, fault: structuredClone(checkFault(fault)), played: 0 };
    this.#faults.set(id, planned);
    return {
      id,
      get played() {
        return planned.played;
      },
      clear: () => {
        if (this.#faults.get(id) === planned) this.#faults.delete(id); // after a reset the id is another fault's
      },
    };
  }

  /** The first fault that plays on a request to the operation. */
  draw(operationId: string): Fault | undefined {
    for (const [id, planned] of this.#faults) {
      const { fault } = planned;
      if (planned.operationId !== operationId && planned.operationId !== '*') continue;
      if (fault.probability !== undefined && this.#random() >= fault.probability) continue;
      planned.played += 1;
      if (planned.played === fault.times) this.#faults.delete(id);
      return fault;
    }
    return undefined;
  }

  list(): PlannedFault[] {
    return [...this.#faults].map(([id, { operationId, fault, played }]) => ({ ...fault, id, operationId, played }));
  }

  /** Takes one away. Returns whether it was there. */
  delete(id: number): boolean {
    return this.#faults.delete(id);
  }

  clear(): void {
    this.#faults.clear();
  }

  /** As if nothing had been added or drawn. */
  reset(): void {
    this.clear();
    this.#lastId = 0;
    this.#random = this.#given ?? seededRandom();
  }
}

function check(condition: boolean, message: string): void {
  if (!condition) throw new MockOptionsError(`fault: ${message}`);
}

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}

function isHeaders(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(
      ([name, text]) =>
        !framing.includes(name.toLowerCase()) &&
        /^[\w!#$%&'*+.^`|~-]+$/.test(name) &&
        typeof text === 'string' &&
        /^[\t -~\x80-\xff]*$/.test(text),
    )
  );
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32), so that a fault with a probability can be repeated. */
function seededRandom(seed = 1): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
