import { findTable } from './figures.ts';
import { goalTable } from './goals.ts';
import { table } from './markdown.ts';
import type { Results, ResultTable } from './types.ts';

/**
 * Writes the measured figures into the marked sections of a text. A section begins with a comment that names a part, a
 * table and, unless it shows all, its columns. It ends with another comment:
 *
 *     <!-- bench: client; http-small-16; calls/s; CPU µs a call -->
 *     <!-- /bench -->
 *
 * `<!-- bench: goals -->` is the table of goals.
 *
 * @throws {Error} when a section names something that was not measured
 */
export function withFigures(text: string, results: Results): string {
  const section = /(<!-- bench: (.+?) -->\n)[\s\S]*?(<!-- \/bench -->)/g;
  return text.replaceAll(section, (_, begin: string, wanted: string, end: string) => {
    const [part = '', id = '', ...columns] = wanted.split(';').map((word) => word.trim());
    const { header, rows } = part === 'goals' ? goalTable(results) : wantedTable(results, part, id);
    const indexes =
      columns.length === 0 ? header.map((_, index) => index) : [0, ...columns.map((column) => indexIn(header, column))];
    const chosen = <Value>(cells: readonly Value[]) => indexes.map((index) => cells[index] as Value);
    return `${begin}\n${table(chosen(header), rows.map(chosen))}\n\n${end}`;
  });
}

function wantedTable(results: Results, part: string, id: string): ResultTable {
  const found = findTable(results, part, id);
  if (!found) throw new Error(`"${part}; ${id}" was not measured. Run: pnpm bench ${part}`);
  return found;
}

function indexIn(header: readonly string[], column: string): number {
  const index = header.indexOf(column);
  if (index < 0) throw new Error(`There is no column "${column}". The columns are: ${header.slice(1).join('; ')}.`);
  return index;
}
