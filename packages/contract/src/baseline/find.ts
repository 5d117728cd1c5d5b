import { access } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { type Contract, loadContract } from '../document/load.ts';
import { ContractError } from '../errors.ts';
import { contractFile, rootDirectory } from '../repository/paths.ts';
import { checkOut } from './checkout.ts';
import { takePublished } from './published.ts';
import { findReleaseCommit, versionAt } from './release-commit.ts';

/** What the contract is compared with. */
export interface Baseline {
  /** For people, for example `0.1.0 (commit 1a2b3c4)`. */
  readonly label: string;
  /** The baseline's contract; its examples stand beside its file. */
  readonly contract: Contract;
  /** A directory with the files of the release below their own paths, for example `packages/client/examples`. */
  readonly directory: string;
  /** Why this baseline was chosen. Default: nothing worth a line. */
  readonly note?: string | undefined;
}

export interface BaselineOptions {
  /** A contract's file, or a git ref. Default: the last release. */
  readonly against?: string | undefined;
  /** Whether to look in the registry for the last release before git. */
  readonly askRegistry: boolean;
}

const shownContract = relative(rootDirectory, contractFile);
const manifests = { contract: 'openapi/package.json', client: 'packages/client/package.json' };

/**
 * Finds and reads what the contract is compared with: what `against` names, else the published contract, else the last
 * release in git.
 *
 * @param directory an empty directory for its files
 * @returns the baseline, or `undefined` when nothing is released yet
 * @throws {ContractError} when `against` names nothing, the clone is too shallow, or the baseline cannot be read
 */
export async function findBaseline(
  directory: string,
  { against, askRegistry }: BaselineOptions,
): Promise<Baseline | undefined> {
  if (against !== undefined) return findNamed(directory, against);
  const published = askRegistry ? await takePublished(join(directory, 'openapi')) : undefined;
  if (published && 'version' in published) return withClient(directory, published.version);
  const release = await findReleaseCommit(manifests.contract);
  if (!release) return undefined;
  const checkout = join(directory, 'contract');
  await checkOut(await contentOf(release.commit), checkout);
  return {
    label: `${release.version} (commit ${release.commit.slice(0, 7)})`,
    contract: await loadContract(join(checkout, shownContract)),
    directory: await checkOutClient(directory),
    note: published && `From git: ${published.reason}.`,
  };
}

/**
 * A release commit only raises versions. The commit before it holds what the changesets announced, so a change that
 * somebody added to the release commit still counts as a difference.
 */
async function contentOf(release: string): Promise<string> {
  const before = `${release}^`;
  return (await versionAt(before, manifests.contract)) === undefined ? release : before;
}

async function findNamed(directory: string, against: string): Promise<Baseline> {
  if (!/\.(ya?ml|json)$/.test(against)) {
    const commit = await checkOut(against, directory);
    const contract = await loadContract(join(directory, shownContract));
    return { label: `${against} (commit ${commit.slice(0, 7)})`, contract, directory };
  }
  const file = resolve(rootDirectory, against);
  await access(file).catch((cause: unknown) => {
    throw new ContractError(`${against} cannot be read. Name a contract's file, or a git ref.`, { cause });
  });
  return { label: relative(rootDirectory, file), contract: await loadContract(file), directory: dirname(file) };
}

/** The published package holds the contract alone. The code that used it comes from git, if git has it. */
async function withClient(directory: string, version: string): Promise<Baseline> {
  const label = `${version} (published)`;
  const contract = await loadContract(join(directory, shownContract));
  try {
    return { label, contract, directory: await checkOutClient(directory) };
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    const note = `Types alone were compared. ${error.message}`;
    return { label, contract, directory: join(directory, 'client'), note };
  }
}

/** The client may have a later release than the contract: its users are at the client's own last release. */
async function checkOutClient(directory: string): Promise<string> {
  const release = await findReleaseCommit(manifests.client);
  if (!release) throw new ContractError('This clone holds no release of the client.');
  const checkout = join(directory, 'client');
  await checkOut(release.commit, checkout);
  return checkout;
}
