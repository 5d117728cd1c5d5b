import { type Operation, operationName } from '../contract/load.ts';

/** A status that the contract documents for an operation, and how often the mock answered it. */
export interface CoveredResponse {
  readonly operationId: string;
  /** As in the contract: `200`, a range like `5XX`, or `default`. */
  readonly status: string;
  readonly count: number;
}

/** Which of the contract's answers were given. */
export interface Coverage {
  readonly responses: readonly CoveredResponse[];
  readonly covered: number;
  readonly total: number;
  /** From 0 to 100. */
  readonly percent: number;
}

/** Counts answers by operation and documented status. */
export class CoverageCounter {
  readonly #counts = new Map<string, number>();

  add(operation: Operation, status: number): void {
    const code = declared(operation, status);
    if (code === undefined) return;
    const key = `${operationName(operation)} ${code}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  report(operations: readonly Operation[]): Coverage {
    const responses = operations.flatMap((operation) =>
      operation.responses.map(({ code }) => {
        const operationId = operationName(operation);
        return { operationId, status: code, count: this.#counts.get(`${operationId} ${code}`) ?? 0 };
      }),
    );
    const covered = responses.filter(({ count }) => count > 0).length;
    const total = responses.length;
    return { responses, covered, total, percent: total === 0 ? 100 : (covered / total) * 100 };
  }

  clear(): void {
    this.#counts.clear();
  }
}

function declared({ responses }: Operation, status: number): string | undefined {
  const codes = responses.map(({ code }) => code);
  const range = `${String(status).charAt(0)}XX`;
  return [String(status), range, 'default'].find((code) => codes.includes(code));
}
