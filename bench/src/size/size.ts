import type { PartOptions, ResultTable } from '../results/types.ts';
import { bundles } from './bundles.ts';
import { installs } from './installs.ts';
import { starts } from './starts.ts';

/** What a way to call the service costs before its first call: in a bundle, on disk, at the start of a process. */
export async function size({ quick }: PartOptions): Promise<readonly ResultTable[]> {
  return [await bundles(), await installs(), await starts(quick ? 3 : 21)];
}
