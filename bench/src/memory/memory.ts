import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { rounded } from '../results/statistics.ts';
import type { PartOptions, ResultTable } from '../results/types.ts';

/** Measures the memory of a process of its own in which `decisions()` goes through a million ids. */
export async function memory({ quick }: PartOptions): Promise<readonly ResultTable[]> {
  const program = fileURLToPath(new URL('run.ts', import.meta.url));
  const total = quick ? 50_000 : 1_000_000;
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, String(total)]);
  const samples: { rssMb: number; heapMb: number }[] = JSON.parse(stdout);
  const settled = samples.slice(samples.length / 5); // without the growth of the process after its start
  const resident = settled.map(({ rssMb }) => rssMb);
  const heap = settled.map(({ heapMb }) => heapMb);
  const figures = [Math.min(...resident), Math.max(...resident), Math.max(...resident) - Math.min(...resident)];
  return [
    {
      id: 'decisions',
      title: 'Memory of `decisions()`',
      note: `Answered in process, garbage collected before each of ${samples.length} samples, the first fifth left out.`,
      header: ['', 'lowest, MB', 'highest, MB', 'highest − lowest, MB', 'heap at most, MB'],
      rows: [['1 000 000 ids', ...[...figures, Math.max(...heap)].map((value) => rounded(value, 1))]],
    },
  ];
}
