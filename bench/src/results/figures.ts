import type { Cell, Results, ResultTable } from './types.ts';

/** Where one figure is. */
export interface FigureAddress {
  readonly part: string;
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

/** Finds a table, if its part was measured. */
export function findTable(results: Results, part: string, id: string): ResultTable | undefined {
  const measured = results[part];
  const table = measured?.tables.find((one) => one.id === id);
  if (measured && !table) throw new Error(`The part "${part}" has no table "${id}". Run: pnpm bench ${part}`);
  return table;
}

/** Finds a figure, if its part was measured. */
export function findFigure(results: Results, { part, table: id, row, column }: FigureAddress): Cell | undefined {
  const table = findTable(results, part, id);
  if (!table) return undefined;
  const cell = table.rows.find(([name]) => name === row)?.[table.header.indexOf(column)];
  if (cell === undefined) throw new Error(`The table "${id}" of the part "${part}" has no "${row}" / "${column}".`);
  return cell;
}
