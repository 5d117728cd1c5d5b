import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, platform, totalmem } from 'node:os';
import type { Machine } from './types.ts';

const manifests = ['../../package.json', '../../peers/package.json'];

/** Describes the machine. Nothing in it says who owns it. */
export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: platform(),
    node: process.version,
  };
}

/** @returns the pinned version of everything that is measured or measures, by name */
export async function versions(): Promise<Record<string, string>> {
  const pinned: Record<string, string> = {};
  for (const path of manifests) {
    const { dependencies } = JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'));
    for (const [name, version] of Object.entries(dependencies as Record<string, string>)) {
      if (!version.startsWith('workspace:')) pinned[name] = version;
    }
  }
  return pinned;
}
