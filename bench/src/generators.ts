import { cp, mkdir, rm } from 'node:fs/promises';
import { generatedDirectory, peersDirectory } from './paths.ts';
import { type Finished, run } from './run.ts';

/** A program that makes a client from a contract, in a directory with `contract.json` and the peers' configurations. */
export interface Generator {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** The generators that ours is compared with. */
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

/** Installs what ours is compared with. */
export async function installPeers(): Promise<void> {
  await run('pnpm', ['--dir', peersDirectory, 'install', '--frozen-lockfile', '--silent']);
}

/** Installs the peers, and lets the generators among them make their clients. */
export async function prepare(): Promise<void> {
  await installPeers();
  await rm(generatedDirectory, { recursive: true, force: true });
  await run('redocly', ['bundle', 'openapi/didit-data.yaml', '--output', `${generatedDirectory}contract.json`]);
  await prepareDirectory(generatedDirectory, `${generatedDirectory}contract.json`);
  for (const generator of generators) await generateIn(generatedDirectory, generator);
}

/** Runs a generator in a directory that {@link prepareDirectory} has prepared. */
export function generateIn(directory: string, { command, args }: Generator): Promise<Finished> {
  return run(command, args, { cwd: directory });
}

/** Puts the contract and the configurations of the generators into a directory, which must be within the peers' own. */
export async function prepareDirectory(directory: string, contract: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  if (contract !== `${directory}contract.json`) await cp(contract, `${directory}contract.json`);
  for (const file of ['hey-api.config.ts', 'orval.config.ts']) {
    await cp(`${peersDirectory}${file}`, `${directory}${file}`);
  }
}
