import { relative } from 'node:path';
import { type FindOptions, findBaseline } from '../baseline/find.ts';
import type { Change } from '../diff/change.ts';
import { compareContracts } from '../diff/compare.ts';
import { checkSoundness } from '../document/lint.ts';
import { contractSha256, loadContract } from '../document/load.ts';
import { generateTypes } from '../generate/types.ts';
import { git } from '../repository/git.ts';
import { contractFile, rootDirectory } from '../repository/paths.ts';
import { inTemporaryFolder } from '../repository/temporary-directory.ts';
import { compileConsumers } from '../surface/consumers.ts';
import { compareContractTypes } from '../surface/contract-types.ts';
import type { TypeBreak } from '../surface/type-break.ts';
import { type PackagePlan, planReleases } from './plan.ts';

/** The contract of the working tree beside a baseline, and what follows from the difference. */
export interface Comparison {
  /** What is compared, for people. */
  readonly revision: string;
  readonly baseline: {
    /** For people, for example `0.1.0 (commit 1a2b3c4)`. */
    readonly label: string;
    readonly sha256: string;
    readonly note?: string;
  };
  readonly changes: readonly Change[];
  readonly typeBreaks: readonly TypeBreak[];
  readonly packages: readonly PackagePlan[];
}

/**
 * Compares the contract of the working tree with a baseline: on the wire, and in TypeScript.
 *
 * @returns `undefined` when nothing is released yet
 * @throws {ContractError} when the contract is not sound, or there is no such baseline
 */
export function compareWithBaseline(options: FindOptions): Promise<Comparison | undefined> {
  return inTemporaryFolder(async (folder) => {
    const sound = checkSoundness(contractFile);
    sound.catch(() => {}); // meanwhile: it is waited for below, when nobody writes to the folder any more
    const baseline = await findBaseline(folder, options);
    await sound;
    if (!baseline) return undefined;
    await loadContract(baseline.contract); // what cannot be read is told by name
    const [changes, before, after] = await Promise.all([
      compareContracts(baseline.contract, contractFile),
      generateTypes(baseline.contract),
      generateTypes(contractFile),
    ]);
    const typeBreaks = [
      ...compareContractTypes(before, after),
      ...(await compileConsumers(baseline.folder, before, after)),
    ];
    return {
      revision: await describeRevision(),
      baseline: {
        label: baseline.label,
        sha256: await contractSha256(baseline.contract),
        ...(baseline.note !== undefined && { note: baseline.note }),
      },
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
