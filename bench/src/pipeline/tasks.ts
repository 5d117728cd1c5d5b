import { fileURLToPath } from 'node:url';
import { type Generator, generateIn, generators } from '../generators.ts';
import { type Finished, run } from '../run.ts';

/** Something done to a contract, in a folder that has it as `contract.json` and its next version as `revision.json`. */
export interface Task {
  readonly name: string;
  perform(directory: string): Promise<Finished>;
}

const program = fileURLToPath(new URL('generate-run.ts', import.meta.url));

function ours(task: 'generate' | 'check'): Task {
  const args = (directory: string) => [program, task, `${directory}contract.json`, `${directory}ours`];
  return { name: `ours: ${task}`, perform: (directory) => run(process.execPath, args(directory)) };
}

/** Compares a contract with its next version, by the rules of ours. */
const diff: Task = {
  name: 'ours: diff',
  perform(directory) {
    const versions = [`${directory}contract.json`, `${directory}revision.json`];
    return run('redocly', ['diff', ...versions, '--config', 'openapi/redocly.yaml', '--fail-on', 'none']);
  },
};

/** In the order in which they are done: what is checked has to be generated first. */
export const tasks: readonly Task[] = [
  ours('generate'),
  ours('check'),
  diff,
  ...generators.map(
    (generator: Generator): Task => ({
      name: `${generator.name}: generate`,
      perform: (directory) => generateIn(directory, generator),
    }),
  ),
];
