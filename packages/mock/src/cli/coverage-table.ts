import type { Coverage } from '../journal/coverage.ts';

/** Writes the coverage as a table with one line for each operation, and `·` for a status that was never answered. */
export function coverageTable({ responses, covered, total, percent }: Coverage): string {
  const operations = [...new Set(responses.map(({ operationId }) => operationId))];
  const width = Math.max(0, ...operations.map((name) => name.length));
  const lines = operations.map((name) => {
    const cells = responses.filter(({ operationId }) => operationId === name);
    return `${name.padEnd(width)}  ${cells.map(({ status, count }) => `${status} ${count === 0 ? '·' : `×${count}`}`).join('   ')}`;
  });
  return [...lines, '', `Contract coverage: ${covered} of ${total} answers, ${percent.toFixed(1)} %.`].join('\n');
}
