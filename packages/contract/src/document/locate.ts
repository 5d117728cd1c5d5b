import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { getLineColLocation, Source } from '@redocly/openapi-core';
import { rootDirectory } from '../repository/paths.ts';

/** A place in a YAML file of the repository. */
export interface Place {
  /** JSON pointer, for example `#/components/schemas/Email/properties/is_verified`. */
  readonly pointer: string;
  /** Path from the repository's root. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Finds the line that a JSON pointer leads to; where it leads nowhere, the line of what is nearest above. */
export type Locate = (pointer: string) => Place;

/** Reads a YAML file to find places in it. */
export async function createLocator(file: string): Promise<Locate> {
  const source = new Source(file, await readFile(file, 'utf8'));
  const shown = relative(rootDirectory, file);
  return (pointer) => {
    const { start } = getLineColLocation({ source, pointer, reportOnKey: true });
    return { pointer, file: shown, line: start.line };
  };
}

/** `openapi/didit-data.yaml:610`, which editors and terminals make a link of. */
export const lineOf = ({ file, line }: Place): string => `${file}:${line}`;
