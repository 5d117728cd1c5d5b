import { readFile } from 'node:fs/promises';
import { getLineColLocation, parseYaml, Source } from '@redocly/openapi-core';
import { pointerTo } from './document.ts';
import { segmentsOf } from './pointer.ts';

/**
 * Finds the lines of a file's members: the line of the key, where the engine gives that of the value below it. What
 * stands behind a YAML alias has the line at which the anchor writes it.
 *
 * @returns the line of a JSON pointer with `#`, from 1
 */
export async function lineFinder(file: string): Promise<(pointer: string) => number> {
  const source = new Source(file, await readFile(file, 'utf8'));
  const aliases = aliasesIn(parseYaml(source.body));
  const lineOf = (pointer: string): number => getLineColLocation({ source, pointer, reportOnKey: true }).start.line;
  // An anchor stands above its aliases.
  const first = (pointers: readonly string[]): string =>
    pointers.reduce((one, two) => (lineOf(two) < lineOf(one) ? two : one));
  return (pointer) => {
    let at = '#';
    for (const segment of segmentsOf(pointer)) {
      at = pointerTo(at, segment);
      const aliased = aliases.find((pointers) => pointers.includes(at));
      if (aliased) at = first(aliased);
    }
    return lineOf(at);
  };
}

/** The pointers of each object and list that YAML aliases share. */
function aliasesIn(document: unknown): string[][] {
  const places = new Map<object, string[]>();
  const visit = (value: unknown, pointer: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const known = places.get(value);
    if (known) {
      known.push(pointer);
      return;
    }
    places.set(value, [pointer]);
    for (const [key, member] of Object.entries(value)) visit(member, pointerTo(pointer, key));
  };
  visit(document, '#');
  return [...places.values()].filter((pointers) => pointers.length > 1);
}
