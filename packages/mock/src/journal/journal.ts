import type { FaultKind } from '../faults/fault.ts';

/** A request that the mock has answered, or is answering. It contains no credential, issued token, query or body. */
export interface JournalEntry {
  readonly method: string;
  /** The path without its query; tokens and secrets in it are `[redacted]`. */
  readonly path: string;
  /** `undefined` for a request that matches no operation of the contract. */
  readonly operationId: string | undefined;
  /** `undefined` when a fault sends no answer. */
  readonly status: number | undefined;
  /** Names in lower case. The values are `[redacted]`, except those of a few harmless headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** The fault that played. */
  readonly fault: FaultKind | undefined;
  /** `undefined` until the answer has been delivered. */
  readonly durationMs: number | undefined;
}

/** How long to wait for a request. */
export interface WaitOptions {
  /** In milliseconds. Default: 5 000. */
  readonly timeoutMs?: number | undefined;
}

interface Waiter {
  readonly operationId: string;
  readonly n: number;
  readonly resolve: (entry: JournalEntry) => void;
  readonly reject: (error: Error) => void;
}

/** How many requests are kept. */
const journalLimit = 1_000;

/** Keeps the latest requests, and waits for the next. */
export class Journal {
  readonly #entries: JournalEntry[] = [];
  readonly #counts = new Map<string, number>();
  readonly #waiters = new Set<Waiter>();
  readonly #onAnswered: (entry: JournalEntry) => void;
  #total = 0;

  /** @param onAnswered called with each entry when its answer has been delivered, or the delivery was given up */
  constructor(onAnswered: (entry: JournalEntry) => void) {
    this.#onAnswered = onAnswered;
  }

  /** How many requests there were, kept or not. */
  get total(): number {
    return this.#total;
  }

  get entries(): readonly JournalEntry[] {
    return [...this.#entries];
  }

  /**
   * Adds an entry.
   *
   * @returns a function to call when the answer has been delivered, or the delivery was given up
   */
  add(entry: Omit<JournalEntry, 'durationMs'>, begun: number): () => void {
    const written: { -readonly [Name in keyof JournalEntry]: JournalEntry[Name] } = { ...entry, durationMs: undefined };
    this.#total += 1;
    this.#entries.push(written);
    if (this.#entries.length > journalLimit) this.#entries.shift();
    if (entry.operationId !== undefined) this.#count(entry.operationId, written);
    return () => {
      if (written.durationMs !== undefined) return;
      written.durationMs = performance.now() - begun;
      this.#onAnswered(written);
    };
  }

  waitFor(operationId: string, n = 1, { timeoutMs = 5_000 }: WaitOptions = {}): Promise<JournalEntry> {
    if (!Number.isSafeInteger(n) || n < 1) throw new RangeError('waitForRequest: n must be a whole number above 0.');
    const seen = this.#counts.get(operationId) ?? 0;
    if (seen >= n) {
      const kept = this.#entries.filter((entry) => entry.operationId === operationId);
      const entry = kept[n - 1 - (seen - kept.length)];
      if (entry) return Promise.resolve(entry);
      return Promise.reject(
        new Error(`Request ${n} to ${operationId} is no longer kept. The journal keeps ${journalLimit} requests.`),
      );
    }
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#waiters.delete(waiter);
        const count = this.#counts.get(operationId) ?? 0;
        waiter.reject(new Error(`No request ${n} to ${operationId} within ${timeoutMs} ms. There were ${count}.`));
      };
      const timer = setTimeout(giveUp, timeoutMs);
      const waiter: Waiter = {
        operationId,
        n,
        resolve: (entry) => {
          clearTimeout(timer);
          resolve(entry);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      this.#waiters.add(waiter);
    });
  }

  /** Forgets all requests, and rejects all waits. */
  clear(): void {
    for (const { operationId, n, reject } of this.#waiters) {
      reject(new Error(`The mock was reset while waiting for request ${n} to ${operationId}.`));
    }
    this.#waiters.clear();
    this.#total = 0;
    this.#entries.length = 0;
    this.#counts.clear();
  }

  #count(operationId: string, entry: JournalEntry): void {
    const count = (this.#counts.get(operationId) ?? 0) + 1;
    this.#counts.set(operationId, count);
    for (const waiter of this.#waiters) {
      if (waiter.operationId !== operationId || waiter.n !== count) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(entry);
    }
  }
}
