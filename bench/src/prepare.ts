import { rm } from 'node:fs/promises';
import { generateIn, generators, prepareFolder } from './generators.ts';
import { generatedDirectory, peersDirectory } from './paths.ts';
import { run } from './run.ts';

/** Installs what the client is measured beside. */
export async function installPeers(): Promise<void> {
  await run('pnpm', ['--dir', peersDirectory, 'install', '--frozen-lockfile', '--silent']);
}

/** Installs the peers, and lets the generators among them make their clients. */
export async function prepare(): Promise<void> {
  await installPeers();
  await rm(generatedDirectory, { recursive: true, force: true });
  await run('redocly', ['bundle', 'openapi/didit-data.yaml', '--output', `${generatedDirectory}contract.json`]);
  await prepareFolder(generatedDirectory, `${generatedDirectory}contract.json`);
  for (const generator of generators) await generateIn(generatedDirectory, generator);
}
