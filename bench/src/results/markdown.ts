import { goalTable } from './goals.ts';
import { table } from './table.ts';
import type { PartResult, Results, ResultTable } from './types.ts';

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

/** Goals beside what was measured. */
export const goalsMarkdown = (results: Results): string => tableMarkdown(goalTable(results));

function tableMarkdown({ title, note, header, rows }: ResultTable): string {
  return [`### ${title}`, ...(note ? [note] : []), table(header, rows)].join('\n\n');
}
