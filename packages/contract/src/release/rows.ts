import type { Change } from '../diff/change.ts';
import type { Comparison } from './comparison.ts';

export const changeHeadings = ['breaking', 'for', 'level', 'where', 'what'] as const;

/** The cells of a change, in the order of the headings. */
export function changeCells({ level, audience, file, line, inBaseline, place, what }: Change): string[] {
  const where = `${file}:${line}${inBaseline ? ' (before)' : ''}`;
  return [level === 'major' ? 'yes' : 'no', audience.join(', ') || 'nobody', level, where, `${place}: ${what}`];
}

export const packageHeadings = ['package', 'level', 'bump', 'version'] as const;

export function packageCells({ packages }: Comparison): string[][] {
  return packages.map(({ name, level, bump, version, next }) => [
    name,
    level,
    bump,
    version === next ? version : `${version} -> ${next}`,
  ]);
}

/** What was compared with what. */
export function titleOf({ revision, baseline }: Comparison): string {
  return `${revision}, compared with ${baseline.label}`;
}

export const nothingReleased =
  'Nothing is released yet, so there is nothing to compare with: the changesets that are there decide the first release.\nTo see what an edit means: pnpm contract diff --against HEAD';
export const noDifference = 'No difference: no package needs a release for it.';
export const typeHeading = 'In TypeScript, code written for that release would no longer compile:';
export const readerAndWriter = 'A reader reads responses, a writer sends requests.';
export const untouched = '@didit-data/token-store-redis is not made from the contract.';
