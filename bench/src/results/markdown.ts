import { goalTable } from './goals.ts';
import type { Cell, PartResult, Results, ResultTable } from './types.ts';

/** All results as one page. */
export function toMarkdown(results: Results): string {
  const parts = Object.entries(results).map(([name, result]) => partMarkdown(name, result));
  return `# Results\n\nWritten by \`pnpm bench\`. Read the ratios: the figures are those of one machine.\n\n${[
    goalsMarkdown(results),
    ...parts,
  ].join('\n\n')}\n`;
}

/** One part's results. */
export function partMarkdown(name: string, { takenOn, seconds, machine, versions, tables }: PartResult): string {
  const { cpu, cores, memoryGb, system, node } = machine;
  const where = `${takenOn}, in ${seconds} s: ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}.`;
  const what = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [`## ${name}`, where, `With ${what.join(', ')}.`, ...tables.map(tableMarkdown)].join('\n\n');
}

/** Goals beside the measured figures. */
export function goalsMarkdown(results: Results): string {
  return tableMarkdown(goalTable(results));
}

/** A table in Markdown. Numbers are written as they are. */
export function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const cells = rows.map((row) => row.map((cell) => (cell === null ? '–' : String(cell))));
  return [line(header), line(header.map((_, n) => (n === 0 ? '---' : '---:'))), ...cells.map(line)].join('\n');
}

function tableMarkdown({ title, note, header, rows }: ResultTable): string {
  return [`### ${title}`, ...(note ? [note] : []), table(header, rows)].join('\n\n');
}
