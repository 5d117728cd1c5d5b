import { relative } from 'node:path';
import { getLineColLocation, parseYaml, Source } from '@redocly/openapi-core';
import { rootDirectory } from '../repository/paths.ts';
import { pointerTo, segmentsOf } from './pointer.ts';

/** Where a part of the contract is written. */
export interface Position {
  /** JSON pointer, for example `#/components/schemas/Email/properties/is_verified`. */
  readonly pointer: string;
  /** Path from the repository's root. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Finds the line of a JSON pointer. If it names nothing, finds the line of the nearest part above. */
export type Locate = (pointer: string) => Position;

/**
 * Makes the line finder of a YAML file. It returns the line of the key, and for a YAML alias the line of its anchor.
 *
 * @param text what the file holds
 */
export function createLocator(file: string, text: string): Locate {
  const source = new Source(file, text);
  const shown = relative(rootDirectory, file);
  let aliases: readonly (readonly string[])[] | undefined;
  return (pointer) => {
    aliases ??= aliasesIn(parseYaml(text));
    return { pointer, file: shown, line: lineOf(anchorOf(pointer, aliases)) };
  };

  function lineOf(pointer: string): number {
    return getLineColLocation({ source, pointer, reportOnKey: true }).start.line;
  }

  /** The pointer with each alias on the way replaced by its anchor, which precedes its aliases. */
  function anchorOf(pointer: string, aliases: readonly (readonly string[])[]): string {
    return segmentsOf(pointer).reduce((above, segment) => {
      const at = pointerTo(above, segment);
      const same = aliases.find((pointers) => pointers.includes(at)) ?? [at];
      return same.reduce((one, two) => (lineOf(two) < lineOf(one) ? two : one));
    }, '#');
  }
}

/** `openapi/didit-data.yaml:610`, which editors and terminals turn into a link. */
export function linkTo({ file, line }: Position): string {
  return `${file}:${line}`;
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
