import type { Comparison } from './comparison.ts';
import { report } from './rows.ts';

/** A comparison for a terminal. */
export function textReport(comparison: Comparison): string {
  return report(comparison, {
    title: (title, note) => (note ? `${title}\n${note}` : title),
    table,
    list: (heading, lines) => [heading, ...lines.map((line) => `  ${line}`)].join('\n'),
  });
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings.map((heading) => heading.toUpperCase()), ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return lines.map((line) => line.trimEnd()).join('\n');
}
