import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseChangesetFile } from '@changesets/parse';
import { ContractError } from '../errors.ts';
import type { Level } from '../repository/level.ts';
import { rootDirectory } from '../repository/paths.ts';
import { readPackages } from '../repository/workspace-packages.ts';

/** What a changeset asks for one package. */
export interface Request {
  readonly name: string;
  readonly bump: Level;
  /** Relative to the repository's root, with the line: `.changeset/blue-cats-jump.md:2`. */
  readonly place: string;
}

export const changesetFolder = '.changeset';

/**
 * Reads what the pending changesets ask for.
 *
 * @throws {ContractError} naming file and line, when one is malformed or names a package that is not released from here
 */
export async function readRequests(): Promise<Request[]> {
  const packages = await readPackages();
  const names = (await readdir(join(rootDirectory, changesetFolder))).filter(isChangeset);
  const requests = (await Promise.all(names.sort().map((name) => readOne(`${changesetFolder}/${name}`)))).flat();
  for (const { name, place } of requests) {
    const known = packages.get(name);
    if (known?.published) continue;
    const released = [...packages].filter(([, { published }]) => published).map(([name]) => name);
    throw new ContractError(
      `${place}: ${name} ${known ? 'is private and never released' : 'is no package of this repository'}.\n` +
        `  Name one of ${released.sort().join(', ')}, or remove the line.`,
    );
  }
  return requests;
}

/** As changesets itself takes them: what it passes over counts for nothing. */
function isChangeset(name: string): boolean {
  return /^[^.].*\.md$/.test(name) && !/^(README|AGENTS|CLAUDE|GEMINI)\.md$/i.test(name);
}

async function readOne(file: string): Promise<Request[]> {
  const text = await readFile(join(rootDirectory, file), 'utf8');
  const lines = text.split('\n');
  try {
    return parseChangesetFile(text).releases.map(({ name, type }) => {
      const index = lines.findIndex((line) => line.includes(name));
      return { name, bump: type, place: `${file}:${index + 1}` };
    });
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new ContractError(`${file}:1: ${reason}.\n  Correct it, or write it anew: pnpm changeset`, { cause });
  }
}
