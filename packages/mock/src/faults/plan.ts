import { checkFault, type Fault, type FaultHandle } from './fault.ts';
import { seededRandom } from './random.ts';

/** A fault that was added, and the operation it plays on; `*` is all of them. */
export interface PlannedFault extends Fault {
  readonly id: number;
  readonly operationId: string;
  readonly played: number;
}

/** The faults that were added, in order. */
export class FaultPlan {
  readonly #faults = new Map<number, { operationId: string; fault: Fault; played: number }>();
  readonly #given: (() => number) | undefined;
  #random: () => number;
  #lastId = 0;

  /** @param random numbers from 0 to 1. Default: a sequence that starts again with each `reset`. */
  constructor(random: (() => number) | undefined) {
    this.#given = random;
    this.#random = random ?? seededRandom();
  }

  /** @throws {MockOptionsError} when the fault is invalid */
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
        if (this.#faults.get(id) === planned) this.#faults.delete(id); // after a reset, another fault has this id
      },
    };
  }

  /** The fault to play on a request to the operation: the first one that applies. */
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

  /** @returns whether there was such a fault */
  delete(id: number): boolean {
    return this.#faults.delete(id);
  }

  clear(): void {
    this.#faults.clear();
  }

  /** Removes all faults. Ids and random numbers start again. */
  reset(): void {
    this.clear();
    this.#lastId = 0;
    this.#random = this.#given ?? seededRandom();
  }
}
