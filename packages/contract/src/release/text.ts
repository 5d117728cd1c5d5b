import type { Comparison } from './comparison.ts';
import {
  changeCells,
  changeHeadings,
  noDifference,
  packageCells,
  packageHeadings,
  readerAndWriter,
  titleOf,
  typeHeading,
  untouched,
} from './rows.ts';
import { typeBreakLines } from './type-lines.ts';

/** A comparison for a terminal. */
export function textReport(comparison: Comparison): string {
  const { baseline, changes, typeBreaks } = comparison;
  const blocks = [`${titleOf(comparison)}.${baseline.note ? `\n${baseline.note}` : ''}`];
  if (changes.length > 0) blocks.push(table(changeHeadings, changes.map(changeCells)), readerAndWriter);
  if (typeBreaks.length > 0) {
    blocks.push([typeHeading, ...typeBreakLines(typeBreaks).map((line) => `  ${line}`)].join('\n'));
  }
  if (changes.length + typeBreaks.length === 0) blocks.push(noDifference);
  else blocks.push(`${table(packageHeadings, packageCells(comparison))}\n${untouched}`);
  return blocks.join('\n\n');
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings.map((heading) => heading.toUpperCase()), ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return lines.map((line) => line.trimEnd()).join('\n');
}
