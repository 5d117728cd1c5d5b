import { type Operation, operationName } from '../contract/load.ts';

/** One status that the contract declares for an operation, and how often it was answered. */
export interface CoveredResponse {
  readonly operationId: string;
  /** As the contract has it: `200`, or a range like `5XX`. */
  readonly status: string;
  readonly count: number;
}

/** What of the contract was exercised. */
export interface Coverage {
  readonly responses: readonly CoveredResponse[];
  readonly covered: number;
  readonly total: number;
  /** From 0 to 100. */
  readonly percent: number;
}

/** Counts answers by operation and declared status. */
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

/** The report as a table: an operation a line, `·` for a status that was never answered. */
export function coverageTable({ responses, covered, total, percent }: Coverage): string {
  const operations = [...new Set(responses.map(({ operationId }) => operationId))];
  const width = Math.max(0, ...operations.map((name) => name.length));
  const lines = operations.map((name) => {
    const cells = responses.filter(({ operationId }) => operationId === name);
    return `${name.padEnd(width)}  ${cells.map(({ status, count }) => `${status} ${count === 0 ? '·' : `×${count}`}`).join('   ')}`;
  });
  return [...lines, '', `Contract coverage: ${covered} of ${total} answers, ${percent.toFixed(1)} %.`].join('\n');
}

function declared({ responses }: Operation, status: number): string | undefined {
  const codes = responses.map(({ code }) => code);
  const range = `${String(status).charAt(0)}XX`;
  return [String(status), range, 'default'].find((code) => codes.includes(code));
}
