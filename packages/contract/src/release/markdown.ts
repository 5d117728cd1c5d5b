import type { Comparison } from './comparison.ts';
import { report } from './rows.ts';

/** A comparison for a pull request. */
export function markdownReport(comparison: Comparison): string {
  return report(comparison, {
    title: (title, note) => `## Contract changes\n\n${note ? `${title} ${note}` : title}`,
    table,
    list: (heading, lines) => `${heading}\n\n${lines.map((line) => `- ${line}`).join('\n')}`,
  });
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, headings.map(() => '---'), ...rows.map((row) => row.map(escapeCell))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A bar would end the cell, and a line end would end the row. */
function escapeCell(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
