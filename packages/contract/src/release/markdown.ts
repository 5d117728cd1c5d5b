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

/** A comparison for a pull request. */
export function markdownReport(comparison: Comparison): string {
  const { baseline, changes, typeBreaks } = comparison;
  const blocks = ['## Contract changes', `${titleOf(comparison)}.${baseline.note ? ` ${baseline.note}` : ''}`];
  if (changes.length > 0) blocks.push(table(changeHeadings, changes.map(changeCells)), readerAndWriter);
  if (typeBreaks.length > 0) {
    blocks.push(
      typeHeading,
      typeBreakLines(typeBreaks)
        .map((line) => `- ${line}`)
        .join('\n'),
    );
  }
  if (changes.length + typeBreaks.length === 0) blocks.push(noDifference);
  else blocks.push(table(packageHeadings, packageCells(comparison)), untouched);
  return blocks.join('\n\n');
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, headings.map(() => '---'), ...rows.map((row) => row.map(escapeCell))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A bar would end the cell, and a line end the row. */
const escapeCell = (cell: string): string => cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
