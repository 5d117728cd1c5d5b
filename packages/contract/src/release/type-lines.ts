import type { TypeBreak } from '../surface/type-break.ts';

/** One line for each kind of break: what breaks in several responses alike is told once, with the number of places. */
export function typeBreakLines(breaks: readonly TypeBreak[]): string[] {
  const groups = new Map<string, TypeBreak[]>();
  for (const broken of breaks.map(withoutContentType)) {
    const member = broken.place.split('.').slice(1).join('.') || broken.place;
    const key = `${member} ${broken.what}`;
    groups.set(key, [...(groups.get(key) ?? []), broken]);
  }
  return [...groups.values()].map(([first, ...others]) => {
    const more = others.length > 0 ? ` (and in ${others.length} more place${others.length > 1 ? 's' : ''})` : '';
    return `${first?.place}: ${first?.what.replace(/\.$/, '')}${more}`;
  });
}

const withoutContentType = ({ place, what }: TypeBreak): TypeBreak => ({
  place: place.replace(/\.content\.[^./]+\/[^.]+/, ''),
  what,
});
