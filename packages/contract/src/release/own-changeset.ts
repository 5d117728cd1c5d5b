import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Change } from '../diff/change.ts';
import { writeFiles } from '../repository/files.ts';
import { rootDirectory } from '../repository/paths.ts';
import { type Changesets, changesetDirectory } from './changesets.ts';
import type { Comparison } from './comparison.ts';
import { typeBreakLines } from './rows.ts';

/** What {@link writeOwnChangeset} did, and with which file. */
export type Written =
  | { readonly state: 'written' | 'current' | 'removed'; readonly file: string }
  | { readonly state: 'not needed' };

/**
 * Writes the changeset of a comparison. The file is named after the released contract: so there is one file until the
 * next release, each run updates it, and the run that finds no difference removes it.
 *
 * @param own the files that earlier runs wrote
 */
export async function writeOwnChangeset(comparison: Comparison, { own }: Pick<Changesets, 'own'>): Promise<Written> {
  const { baseline, packages } = comparison;
  const isNeeded = packages.some(({ bump }) => bump !== 'none');
  const name = `contract-${baseline.sha256.slice(0, 7)}.md`;
  const stale = own.filter((other) => !isNeeded || other !== name);
  await Promise.all(stale.map((other) => rm(join(rootDirectory, changesetDirectory, other))));
  if (!isNeeded) {
    const [first] = stale;
    return first ? { state: 'removed', file: `${changesetDirectory}/${first}` } : { state: 'not needed' };
  }
  const file = `${changesetDirectory}/${name}`;
  const text = changesetText(comparison);
  const current = await readFile(join(rootDirectory, file), 'utf8').catch(() => undefined);
  if (current === text) return { state: 'current', file };
  await writeFiles(new Map([[join(rootDirectory, file), text]]));
  return { state: 'written', file };
}

function changesetText({ baseline, changes, typeBreaks, packages }: Comparison): string {
  // Every package whose users the changes concern, so that its changelog lists them. One name is enough for the version.
  const releases = packages.filter(({ level }) => level !== 'none').map(({ name, bump }) => `'${name}': ${bump}`);
  const [version] = baseline.label.split(' ');
  const lines = [
    ...changes.map(changeLine),
    ...typeBreakLines(typeBreaks).map((line) => `**Breaking** in TypeScript. ${line}`),
  ];
  const title = changes.length > 0 ? 'The contract has changed since' : 'Types have changed since';
  return `---\n${releases.join('\n')}\n---\n\n${title} ${version}:\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`;
}

function changeLine({ level, audience, place, what }: Change): string {
  const breaking = level === 'major' ? `**Breaking** for ${audience.map((who) => `${who}s`).join(' and ')}. ` : '';
  return `${breaking}\`${place}\`: ${what}`;
}
