import { access } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { ContractError } from '../errors.ts';
import { readManifest } from '../repository/packages.ts';
import { contractFile, rootDirectory } from '../repository/paths.ts';
import type { Baseline } from './baseline.ts';
import { checkOut } from './checkout.ts';
import { takePublished } from './published.ts';
import { findReleaseCommit, unreleased, versionAt } from './release-commit.ts';

const contract = 'openapi/didit-data.yaml';
const manifests = { contract: 'openapi/package.json', client: 'packages/client/package.json' };

export interface FindOptions {
  /** A contract's file, or a git ref. Default: the last release. */
  readonly against?: string | undefined;
  /** Whether the registry is asked for the last release before git is. */
  readonly askRegistry: boolean;
}

/**
 * Finds what the contract is compared with: what was asked for, else what is published, else the last release in git.
 *
 * @param folder an empty folder for its files
 * @returns `undefined` when nothing is released yet
 * @throws {ContractError} when what was asked for is not there, or the clone is too shallow to tell
 */
export async function findBaseline(
  folder: string,
  { against, askRegistry }: FindOptions,
): Promise<Baseline | undefined> {
  if (against !== undefined) return named(folder, against);
  const published = askRegistry ? await takePublished(join(folder, 'openapi')) : undefined;
  if (published && 'version' in published) return withConsumers(folder, published.version);
  // A version never goes back, so this needs no history and no git.
  const { version } = await readManifest(dirname(contractFile));
  if (version === unreleased) return undefined;
  const release = await findReleaseCommit(manifests.contract);
  if (!release) return undefined;
  const held = join(folder, 'contract');
  await checkOut(await contentOf(release.commit), held);
  const label = `${release.version} (commit ${release.commit.slice(0, 7)})`;
  const note = published ? { note: `From git: ${published.reason}.` } : {};
  return { label, contract: join(held, contract), folder: await clientFolder(folder), ...note };
}

/**
 * A release raises versions and changes nothing else. What was slipped into its commit was in nobody's changeset: the
 * commit before it holds what was announced, and so the difference is not lost.
 */
async function contentOf(release: string): Promise<string> {
  const before = `${release}^`;
  return (await versionAt(before, manifests.contract)) === undefined ? release : before;
}

async function named(folder: string, against: string): Promise<Baseline> {
  const file = resolve(rootDirectory, against);
  if (/\.(ya?ml|json)$/.test(against)) {
    const found = await access(file).then(
      () => true,
      () => false,
    );
    if (!found) throw new ContractError(`${against} cannot be read. Name a contract's file, or a git ref.`);
    return { label: relative(rootDirectory, file), contract: file, folder: dirname(file) };
  }
  const commit = await checkOut(against, folder);
  return { label: `${against} (commit ${commit.slice(0, 7)})`, contract: join(folder, contract), folder };
}

/** The published package holds the contract alone: the code that used it then comes from git, where git has it. */
async function withConsumers(folder: string, version: string): Promise<Baseline> {
  const baseline = { label: `${version} (published)`, contract: join(folder, contract) };
  try {
    return { ...baseline, folder: await clientFolder(folder) };
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return { ...baseline, folder: join(folder, 'client'), note: `Types alone were compared. ${error.message}` };
  }
}

/** The client may have been released again since the contract was: its users are at its own last release. */
async function clientFolder(folder: string): Promise<string> {
  const release = await findReleaseCommit(manifests.client);
  const client = join(folder, 'client');
  if (!release) throw new ContractError('This clone holds no release of the client.');
  await checkOut(release.commit, client);
  return client;
}
