import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Change } from '../diff/change.ts';
import { writeFiles } from '../repository/files.ts';
import { rootDirectory } from '../repository/paths.ts';
import { changesetFolder } from './changesets.ts';
import type { Comparison } from './comparison.ts';
import { typeBreakLines } from './type-lines.ts';

const own = /^contract-[0-9a-f]{7}\.md$/;

export type Written = { readonly state: 'written' | 'current' | 'removed' | 'not needed'; readonly file?: string };

/**
 * Writes the changeset of a comparison. Its name comes from the contract it is compared with: until the next release
 * there is one file, which each run brings up to date, and which goes when the difference goes.
 */
export async function writeOwnChangeset(comparison: Comparison): Promise<Written> {
  const folder = join(rootDirectory, changesetFolder);
  const wanted = comparison.packages.some(({ bump }) => bump !== 'none')
    ? `contract-${comparison.baseline.sha256.slice(0, 7)}.md`
    : undefined;
  const stale = (await readdir(folder)).filter((name) => own.test(name) && name !== wanted);
  const text = wanted === undefined ? undefined : changesetText(comparison);
  const current = text !== undefined && (await readFile(join(folder, wanted ?? ''), 'utf8').catch(() => '')) === text;
  if (wanted !== undefined && text !== undefined && !current) await writeFiles(new Map([[join(folder, wanted), text]]));
  await Promise.all(stale.map((name) => rm(join(folder, name))));
  const file = `${changesetFolder}/${wanted ?? stale[0]}`;
  if (wanted !== undefined) return { state: current ? 'current' : 'written', file };
  return stale.length > 0 ? { state: 'removed', file } : { state: 'not needed' };
}

/**
 * Whether what is to be released is in changesets that people wrote, or gave a name of their own: then none is added,
 * or the changelogs would say it twice.
 */
export async function hasOthersOnly({ packages }: Comparison): Promise<boolean> {
  if (packages.every(({ bump }) => bump === 'none')) return false;
  return !(await readdir(join(rootDirectory, changesetFolder))).some((name) => own.test(name));
}

function changesetText({ baseline, changes, typeBreaks, packages }: Comparison): string {
  // Each package whose users the changes concern, so that its changelog lists them: for the version, one is enough.
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
