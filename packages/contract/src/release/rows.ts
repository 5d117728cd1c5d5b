import type { Change } from '../diff/change.ts';
import type { TypeBreak } from '../surface/walk.ts';
import type { Comparison } from './comparison.ts';

export const nothingReleased =
  'Nothing is released yet, so there is nothing to compare with. The pending changesets decide the first release.\n' +
  'To see the effect of an edit: pnpm contract diff --against HEAD';

const changeHeadings = ['breaking', 'for', 'level', 'where', 'what'];
const packageHeadings = ['package', 'level', 'bump', 'version'];

/** How a report is written: as text for a terminal, or as Markdown for a pull request. */
export interface Style {
  title(title: string, note: string | undefined): string;
  table(headings: readonly string[], rows: readonly (readonly string[])[]): string;
  list(heading: string, lines: readonly string[]): string;
}

/** A comparison as blocks with an empty line between them. */
export function report(comparison: Comparison, style: Style): string {
  const { revision, baseline, changes, typeBreaks, packages } = comparison;
  const blocks = [style.title(`${revision}, compared with ${baseline.label}.`, baseline.note)];
  if (changes.length > 0) {
    blocks.push(style.table(changeHeadings, changes.map(changeCells)));
    blocks.push('A reader reads responses, a writer sends requests.');
  }
  if (typeBreaks.length > 0) {
    const heading = 'In TypeScript, code written for that release would no longer compile:';
    blocks.push(style.list(heading, typeBreakLines(typeBreaks)));
  }
  if (changes.length + typeBreaks.length === 0) {
    blocks.push('No difference: no package needs a release for it.');
  } else {
    const rows = packages.map(({ name, level, bump, version, next }) => [
      ...[name, level, bump],
      version === next ? version : `${version} -> ${next}`,
    ]);
    blocks.push(style.table(packageHeadings, rows));
    blocks.push('@didit-data/token-store-redis is not made from the contract.');
  }
  return blocks.join('\n\n');
}

/** One line for each kind of break. A break that several responses share is listed once, with the number of places. */
export function typeBreakLines(breaks: readonly TypeBreak[]): string[] {
  const groups = Map.groupBy(breaks.map(withoutContentType), ({ place, what }) => {
    const member = place.split('.').slice(1).join('.') || place;
    return `${member} ${what}`;
  });
  return [...groups.values()].map(([first, ...others]) => {
    const more = others.length > 0 ? ` (and in ${others.length} more place${others.length > 1 ? 's' : ''})` : '';
    return `${first?.place}: ${first?.what.replace(/\.$/, '')}${more}`;
  });
}

/** Where a change is, for example `openapi/didit-data.yaml:214 (before)`. */
export function whereOf({ file, line, inBaseline }: Change): string {
  return `${file}:${line}${inBaseline ? ' (before)' : ''}`;
}

function changeCells(change: Change): string[] {
  const { level, audience, place, what } = change;
  const isBreaking = level === 'major' ? 'yes' : 'no';
  return [isBreaking, audience.join(', ') || 'nobody', level, whereOf(change), `${place}: ${what}`];
}

function withoutContentType({ place, what }: TypeBreak): TypeBreak {
  return { place: place.replace(/\.content\.[^./]+\/[^.]+/, ''), what };
}
