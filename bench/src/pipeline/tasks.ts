import { fileURLToPath } from 'node:url';
import { generateIn, generators } from '../generators.ts';
import { type Finished, run } from '../run.ts';

/** Something done to a contract, in a directory with `contract.json` and its next version, `revision.json`. */
export interface Task {
  readonly name: string;
  perform(directory: string): Promise<Finished>;
}

const program = fileURLToPath(new URL('contract-run.ts', import.meta.url));

/** In this order, because `check` needs what `generate` has made. */
export const tasks: readonly Task[] = [
  ...['generate', 'check', 'diff'].map((task) => ({
    name: `ours: ${task}`,
    perform: (directory: string) => run(process.execPath, [program, task, directory]),
  })),
  ...generators.map((generator) => ({
    name: `${generator.name}: generate`,
    perform: (directory: string) => generateIn(directory, generator),
  })),
];
