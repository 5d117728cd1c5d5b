import { mkdir, writeFile } from 'node:fs/promises';
import { peersDirectory } from '../paths.ts';
import { findTable } from '../results/figures.ts';
import type { Results, ResultTable } from '../results/types.ts';
import { type Bar, barChart } from './bars.ts';

/** How to draw a table. */
interface Picture {
  readonly part: string;
  readonly table: string;
  readonly specify: (table: ResultTable) => object;
}

/** By the name of the file. */
const pictures: Readonly<Record<string, Picture>> = {
  'client-rate': {
    part: 'client',
    table: 'http-small-16',
    specify: (table) =>
      barChart(
        'Decisions a second: HTTP, small body, 16 in flight (line: quartiles)',
        barsOf(table, 'calls/s', 'calls/s q1', 'calls/s q3'),
      ),
  },
  mock: {
    part: 'mock',
    table: 'served',
    specify: (table) => barChart('Decisions a second that a mock serves', barsOf(table, 'decisions/s')),
  },
};

/** Draws the measured tables. Keeps the picture of a part that was not measured. */
export async function drawPictures(directory: string, results: Results): Promise<void> {
  // Only the bench installs it, so the compiler does not know it.
  const { draw }: { draw(specification: object): Promise<string> } = await import(`${peersDirectory}src/draw.ts`);
  await mkdir(`${directory}pictures`, { recursive: true });
  for (const [name, { part, table: id, specify }] of Object.entries(pictures)) {
    const table = findTable(results, part, id);
    if (table) await writeFile(`${directory}pictures/${name}.svg`, `${await draw(specify(table))}\n`);
  }
}

function barsOf({ header, rows }: ResultTable, column: string, ...quartiles: readonly string[]): Bar[] {
  return rows.map((row) => {
    const cell = (name: string) => Number(row[header.indexOf(name)]);
    const [lower, upper] = quartiles.map(cell);
    const spread = lower !== undefined && upper !== undefined ? { spread: [lower, upper] as const } : {};
    return { name: String(row[0]), value: cell(column), ...spread };
  });
}
