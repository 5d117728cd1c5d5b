import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { table } from './table.ts';

const goalMb = 20;

/** Memory while `decisions()` goes through a million ids, in a process of its own. */
export async function memory(): Promise<string> {
  const program = fileURLToPath(new URL('memory-run.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program]);
  const samples: { rssMb: number; heapMb: number }[] = JSON.parse(stdout);
  const settled = samples.slice(samples.length / 5); // the process has found its size
  const range = (values: readonly number[]) => `${Math.min(...values).toFixed(1)}–${Math.max(...values).toFixed(1)}`;
  const resident = settled.map(({ rssMb }) => rssMb);
  const growth = (Math.max(...resident) - Math.min(...resident)).toFixed(1);
  const cells = ['1 000 000', range(resident), growth, String(goalMb), range(settled.map(({ heapMb }) => heapMb))];
  return `## Memory of \`decisions()\`, garbage collected before each of ${samples.length} samples\n\n${table(
    ['ids', 'resident, MB', 'highest − lowest', 'goal', 'heap, MB'],
    [cells],
  )}`;
}
