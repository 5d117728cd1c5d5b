import { relative } from 'node:path';
import { type BaselineOptions, findBaseline } from '../baseline/find.ts';
import type { Change } from '../diff/change.ts';
import { compareLoaded } from '../diff/compare.ts';
import { checkSoundness } from '../document/lint.ts';
import { loadContract } from '../document/load.ts';
import { generateTypes } from '../generate/types.ts';
import { inTemporaryDirectory } from '../repository/files.ts';
import { git } from '../repository/git.ts';
import { contractFile, rootDirectory } from '../repository/paths.ts';
import { compileConsumers } from '../surface/consumers.ts';
import { compareContractTypes } from '../surface/contract-types.ts';
import type { TypeBreak } from '../surface/walk.ts';
import { type PackagePlan, planReleases } from './plan.ts';

/** The contract of the working tree beside a baseline, and what follows from the difference. */
export interface Comparison {
  /** What is compared, for people. */
  readonly revision: string;
  readonly baseline: {
    /** For people, for example `0.1.0 (commit 1a2b3c4)`. */
    readonly label: string;
    readonly sha256: string;
    readonly note?: string | undefined;
  };
  readonly changes: readonly Change[];
  readonly typeBreaks: readonly TypeBreak[];
  readonly packages: readonly PackagePlan[];
}

/**
 * Compares the contract of the working tree with a baseline: on the wire, and in TypeScript.
 *
 * @returns the comparison, or `undefined` when nothing is released yet
 * @throws {ContractError} when the contract is not sound, or there is no such baseline
 */
export function compareWithBaseline(options: BaselineOptions): Promise<Comparison | undefined> {
  return inTemporaryDirectory(async (directory) => {
    // The two run together. Both end before the directory goes; of two errors, that of the contract is thrown.
    const [sound, found] = await Promise.allSettled([checkSoundness(contractFile), findBaseline(directory, options)]);
    if (sound.status === 'rejected') throw sound.reason;
    if (found.status === 'rejected') throw found.reason;
    if (!found.value) return undefined;
    const { label, note, contract, directory: release } = found.value;
    const revision = await loadContract(contractFile);
    const [changes, before, after] = await Promise.all([
      compareLoaded(contract, revision),
      generateTypes(contract),
      generateTypes(revision),
    ]);
    const typeBreaks = [...compareContractTypes(before, after), ...(await compileConsumers(release, before, after))];
    return {
      revision: await describeRevision(),
      baseline: { label, sha256: contract.sha256, note },
      changes,
      typeBreaks,
      packages: await planReleases(changes, typeBreaks),
    };
  });
}

async function describeRevision(): Promise<string> {
  const { stdout } = await git('status', '--porcelain', '--', 'openapi');
  return `${relative(rootDirectory, contractFile)}${stdout === '' ? '' : ', with changes that are not committed'}`;
}
