import type { Cell } from './types.ts';

/** A table in Markdown. Numbers stand as they are. */
export function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const texts = rows.map((row) => row.map((cell) => (cell === null ? '–' : String(cell))));
  return [line(header), line(header.map((_, n) => (n === 0 ? '---' : '---:'))), ...texts.map(line)].join('\n');
}
