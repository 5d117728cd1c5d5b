import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseChangesetFile } from '@changesets/parse';
import { ContractError } from '../errors.ts';
import { highestLevel, isEnough, type Level } from '../repository/level.ts';
import { readPackages } from '../repository/packages.ts';
import { rootDirectory } from '../repository/paths.ts';
import type { PackagePlan } from './plan.ts';

export const changesetDirectory = '.changeset';

/** The pending changesets. */
export interface Changesets {
  readonly requests: readonly BumpRequest[];
  /** Names of the files that `pnpm contract changeset` wrote. */
  readonly own: readonly string[];
}

/** What a changeset asks for one package. */
interface BumpRequest {
  readonly name: string;
  readonly bump: Level;
  /** Relative to the repository's root, with the line: `.changeset/blue-cats-jump.md:2`. */
  readonly place: string;
}

/**
 * Reads the pending changesets.
 *
 * @throws {ContractError} when one is malformed or names a package that this repository does not release: the message
 * names file and line
 */
export async function readChangesets(): Promise<Changesets> {
  const packages = await readPackages();
  const names = (await readdir(join(rootDirectory, changesetDirectory))).filter(isChangeset).sort();
  const requests = (await Promise.all(names.map((name) => readOne(`${changesetDirectory}/${name}`)))).flat();
  for (const { name, place } of requests) {
    const known = packages.get(name);
    if (known?.published) continue;
    const released = [...packages].filter(([, { published }]) => published).map(([name]) => name);
    throw new ContractError(
      `${place}: ${name} ${known ? 'is private and never released' : 'is not a package of this repository'}.\n` +
        `  Name one of ${released.sort().join(', ')}, or remove the line.`,
    );
  }
  return { requests, own: names.filter((name) => /^contract-[0-9a-f]{7}\.md$/.test(name)) };
}

/**
 * Finds what the changesets ask too little for. It is enough that one package is named: the packages share one version.
 *
 * @returns a sentence, or `undefined` when the changesets ask for enough
 */
export function findShortfall(packages: readonly PackagePlan[], { requests }: Changesets): string | undefined {
  const names = packages.map(({ name }) => name);
  const needed = highestLevel(packages.map(({ bump }) => bump));
  const own = requests.filter(({ name }) => names.includes(name));
  const asked = highestLevel(own.map(({ bump }) => bump));
  if (isEnough(asked, needed)) return undefined;
  const highest = own.find(({ bump }) => bump === asked);
  const found = highest ? `${highest.place} asks for ${asked}` : 'no changeset names one of them';
  return `${names.join(', ')} share one version. It needs ${needed}, and ${found}.`;
}

/** The files that changesets itself reads. */
function isChangeset(name: string): boolean {
  return /^[^.].*\.md$/.test(name) && !/^(README|AGENTS|CLAUDE|GEMINI)\.md$/i.test(name);
}

async function readOne(file: string): Promise<BumpRequest[]> {
  const text = await readFile(join(rootDirectory, file), 'utf8');
  const lines = text.split('\n');
  try {
    return parseChangesetFile(text).releases.map(({ name, type }) => {
      const index = lines.findIndex((line) => line.includes(name));
      return { name, bump: type, place: `${file}:${index + 1}` };
    });
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new ContractError(`${file}:1: ${reason}.\n  Correct it, or write it again: pnpm changeset`, { cause });
  }
}
