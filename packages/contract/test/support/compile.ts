import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** Files outside the copies are read once for all of them. */
const shared = new Map<string, ts.SourceFile | undefined>();

/**
 * Compiles the sample app against the client's sources of a copy of the repository.
 *
 * @returns the files of sample and client that do not compile, relative to the copy's root
 */
export function compileSample(root: string): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile);
  const { options: base } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const client = join(root, 'packages/client/src');
  const options: ts.CompilerOptions = {
    ...base,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    paths: { '@didit-data/client': [join(client, 'index.ts')] },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (file, ...rest) => {
    if (file.startsWith(root)) return getSourceFile(file, ...rest);
    if (!shared.has(file)) shared.set(file, getSourceFile(file, ...rest));
    return shared.get(file);
  };
  host.getCurrentDirectory = () => root;
  const program = ts.createProgram(
    [...sourcesIn(join(root, 'apps/sample/src')), join(client, 'index.ts')],
    options,
    host,
  );
  const own = program
    .getSourceFiles()
    .filter(({ fileName }) => relative(root, fileName).match(/^(apps|packages)\/\w+\/src\//));
  const broken = own.filter(
    (file) => program.getSyntacticDiagnostics(file).length + program.getSemanticDiagnostics(file).length > 0,
  );
  return broken.map(({ fileName }) => relative(root, fileName)).sort();
}

function sourcesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((file) => file.endsWith('.ts') && statSync(file).isFile());
}
