import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { clientSources, clientUsers, rootDirectory } from '../repository/paths.ts';
import { createProgram, type Overlay } from './program.ts';
import type { TypeBreak } from './walk.ts';

/** The error of an unused `@ts-expect-error`: more code compiles than before, which breaks nobody. */
const unusedExpectError = 2578;

/**
 * Compiles the last release's type tests and examples against the client with the new contract's types. An equality in
 * a type test counts as "extends", because a narrower type still serves its readers.
 *
 * @param base a directory that holds the client's sources, type tests and examples of the last release
 * @param before the TypeScript types of that release's contract, as `generateTypes` returns them
 * @param after those of the new contract
 * @returns where they no longer compile; code that did not compile at the release either is not included
 */
export async function compileConsumers(base: string, before: string, after: string): Promise<TypeBreak[]> {
  const code = await readDirectories(base, clientUsers);
  if (code.size === 0) return [];
  const released = await readDirectories(base, [clientSources]);
  if (before === after && isSame(released, await readDirectories(rootDirectory, [clientSources]))) return [];
  const found = compile(code, new Map([[join(rootDirectory, clientSources, 'generated/openapi.ts'), after]]));
  if (found.length === 0) return [];
  const known = compile(code, released).map(({ place, what }) => `${place} ${what}`);
  return found.filter(({ place, what }) => !known.includes(`${place} ${what}`));
}

/** Whether two versions of the client's sources are the same, apart from what is generated. */
function isSame(one: Overlay, two: Overlay): boolean {
  const written = (files: Overlay) => [...files].filter(([file]) => !file.includes('/generated/')).sort();
  return JSON.stringify(written(one)) === JSON.stringify(written(two));
}

function compile(code: Overlay, overlay: Overlay): TypeBreak[] {
  const relaxed = [...code].map(([file, text]) => [file, text.replaceAll('.toEqualTypeOf<', '.toExtend<')] as const);
  const roots = [...code.keys()].filter((file) => /\.[cm]?ts$/.test(file));
  const program = createProgram(roots, options(), new Map([...overlay, ...relaxed]));
  return roots.flatMap((file) => {
    const source = program.getSourceFile(file);
    const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return diagnostics.filter(({ code }) => code !== unusedExpectError).map(breakOf);
  });
}

function breakOf({ file, start, messageText }: ts.Diagnostic): TypeBreak {
  const line = file && start !== undefined ? `:${file.getLineAndCharacterOfPosition(start).line + 1}` : '';
  const [first = ''] = ts.flattenDiagnosticMessageText(messageText, '\n').split('\n');
  return { place: `${file ? relative(rootDirectory, file.fileName) : 'packages/client'}${line}`, what: first };
}

/** The compiler options of this repository, with the client's sources instead of its build. */
function options(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(rootDirectory, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, rootDirectory);
  return {
    ...options,
    types: ['node'],
    typeRoots: [join(rootDirectory, 'node_modules/@types')],
    paths: {
      '@didit-data/client': [`./${clientSources}/index.ts`],
      '@didit-data/client/*': [`./${clientSources}/*.ts`],
    },
  };
}

/** Reads files of the last release, each under the path that it has in this clone. */
async function readDirectories(base: string, directories: readonly string[]): Promise<Map<string, string>> {
  const files = directories.map(async (directory) => {
    const entries = await readdir(join(base, directory), { recursive: true, withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isFile()).map((entry) => relative(base, join(entry.parentPath, entry.name)));
  });
  const texts = (await Promise.all(files)).flat().map(async (file) => {
    return [join(rootDirectory, file), await readFile(join(base, file), 'utf8')] as const;
  });
  return new Map(await Promise.all(texts));
}
