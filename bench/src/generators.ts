import { cp, mkdir } from 'node:fs/promises';
import { peersDirectory } from './paths.ts';
import { type Finished, run } from './run.ts';

/** What makes a client of a contract. Each works in a folder with `contract.json` and the peers' configurations. */
export interface Generator {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** The generators beside which ours is measured. */
export const generators: readonly Generator[] = [
  {
    name: 'redocly generate-client',
    command: 'redocly',
    args: [
      ...['generate-client', 'contract.json', '--output', 'redocly/client.ts', '--import-ext', 'ts'],
      ...['--generator', 'typescript', '--generator', 'zod'],
    ],
  },
  { name: 'hey-api', command: 'openapi-ts', args: ['--file', 'hey-api.config.ts'] },
  { name: 'orval', command: 'orval', args: ['--config', 'orval.config.ts'] },
];

/** Lets a generator do its work in a folder that {@link prepareFolder} has made ready. */
export function generateIn(directory: string, { command, args }: Generator): Promise<Finished> {
  return run(command, args, { cwd: directory });
}

/** Puts the contract and the configurations of the generators into a folder, within the peers' own. */
export async function prepareFolder(directory: string, contract: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  if (contract !== `${directory}contract.json`) await cp(contract, `${directory}contract.json`);
  for (const file of ['hey-api.config.ts', 'orval.config.ts']) {
    await cp(`${peersDirectory}${file}`, `${directory}${file}`);
  }
}
