import { availableParallelism, cpus, platform, totalmem } from 'node:os';
import type { Machine } from './types.ts';

/** Describes the machine without telling whose it is. */
export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: platform(),
    node: process.version,
  };
}
