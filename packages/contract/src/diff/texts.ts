import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { infoVersion } from '../document/version.ts';
import { rootDirectory } from '../repository/paths.ts';
import type { Change } from './change.ts';

const text = { level: 'patch', audience: [], line: 1 } as const;

/** Finds changes that the engine does not see: of example files, and of comments, order or layout. */
export async function findTextChanges(base: string, revision: string, changes: readonly Change[]): Promise<Change[]> {
  const examples = await findExampleChanges(join(dirname(base), 'examples'), join(dirname(revision), 'examples'));
  if (changes.length > 0 || (await readPlain(base)) === (await readPlain(revision))) return examples;
  const file = relative(rootDirectory, revision);
  return [
    { ...text, place: 'the contract', what: 'Comments, order or layout changed.', file, inBaseline: false },
    ...examples,
  ];
}

/** A contract's text with line feeds and without its version, which every release changes. */
async function readPlain(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).replaceAll('\r\n', '\n').replace(infoVersion, '$1');
}

async function findExampleChanges(base: string, revision: string): Promise<Change[]> {
  const [before, after] = await Promise.all([readExamples(base), readExamples(revision)]);
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((name): Change[] => {
    const inBaseline = !after.has(name);
    if (before.get(name) === after.get(name)) return [];
    const what = inBaseline ? 'was removed' : before.has(name) ? 'changed' : 'was added';
    const file = inBaseline ? `openapi/examples/${name}` : relative(rootDirectory, join(revision, name));
    return [{ ...text, place: name.replace(/\.json$/, ''), what: `The example ${what}.`, file, inBaseline }];
  });
}

async function readExamples(directory: string): Promise<Map<string, string>> {
  const names = await readdir(directory).catch(() => []);
  const files = names.map(async (name) => {
    const content = await readFile(join(directory, name), 'utf8');
    return [name, content.replaceAll('\r\n', '\n')] as const;
  });
  return new Map(await Promise.all(files));
}
