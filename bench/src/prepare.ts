import { rm } from 'node:fs/promises';
import { generateIn, generators, prepareFolder } from './generators.ts';
import { generatedDirectory, peersDirectory } from './paths.ts';
import { run } from './run.ts';

/** Installs what the client is measured beside, and lets the generators among it make their clients. */
export async function prepare(): Promise<void> {
  await run('pnpm', ['--dir', peersDirectory, 'install', '--frozen-lockfile', '--silent']);
  await rm(generatedDirectory, { recursive: true, force: true });
  await run('redocly', ['bundle', 'openapi/didit-data.yaml', '--output', `${generatedDirectory}contract.json`]);
  await prepareFolder(generatedDirectory, `${generatedDirectory}contract.json`);
  for (const generator of generators) await generateIn(generatedDirectory, generator);
}
