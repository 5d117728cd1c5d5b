import { readFile } from 'node:fs/promises';
import { getLineColLocation, Source } from '@redocly/openapi-core';

/**
 * Finds the lines of a file's members: the line of the key, where the engine gives that of the value below it.
 *
 * @returns the line of a JSON pointer with `#`, from 1
 */
export async function lineFinder(file: string): Promise<(pointer: string) => number> {
  const source = new Source(file, await readFile(file, 'utf8'));
  return (pointer) => getLineColLocation({ source, pointer, reportOnKey: true }).start.line;
}
