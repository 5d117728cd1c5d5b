import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A `$ref` in a file of a contract. */
export interface Reference {
  /** The file that contains it. */
  readonly from: string;
  /** Counted from 1. */
  readonly line: number;
  /** Its value, unchanged. */
  readonly ref: string;
  /** Path of the file that it names, or its URL when it does not name a file. */
  readonly target: string;
  /** The part after the `#`, decoded; empty for a whole file. */
  readonly pointer: string;
}

const refPattern = /["']?\$ref["']?[ \t]*:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'{},][^\s,}]*))/g;

/**
 * Finds each `$ref` of a contract and of the files that it refers to. It searches the text, so that it also works for a
 * contract that cannot be parsed. Skips files that cannot be read.
 */
export function findReferences(contract: string): Reference[] {
  const found: Reference[] = [];
  const files = new Set([resolve(contract)]);
  for (const from of files) {
    const references = referencesIn(from);
    found.push(...references);
    for (const { target } of references) if (!target.includes('://')) files.add(target);
  }
  return found;
}

/** The contract's file and each file that it refers to, also those that do not exist. */
export function filesOf(contract: string): Set<string> {
  const targets = findReferences(contract).map(({ target }) => target);
  return new Set([resolve(contract), ...targets.filter((target) => !target.includes('://'))]);
}

function referencesIn(from: string): Reference[] {
  let text: string;
  try {
    text = readFileSync(from, 'utf8');
  } catch {
    return [];
  }
  const found: Reference[] = [];
  let line = 1;
  let counted = 0;
  for (const match of text.matchAll(refPattern)) {
    line += text.slice(counted, match.index).split('\n').length - 1;
    counted = match.index;
    const ref = match[1] ?? match[2] ?? match[3] ?? '';
    const base = pathToFileURL(from);
    if (!URL.canParse(ref, base)) continue;
    const url = new URL(ref, base);
    const pointer = decoded(url.hash.slice(1));
    url.hash = '';
    url.search = '';
    found.push({ from, line, ref, target: targetOf(url), pointer });
  }
  return found;
}

function targetOf(url: URL): string {
  try {
    return fileURLToPath(url);
  } catch {
    return url.href;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
