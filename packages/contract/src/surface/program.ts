import ts from 'typescript';
import { rootDirectory } from '../repository/paths.ts';

/** Text by absolute path: files that are not on the disk, or have another text there. */
export type Overlay = ReadonlyMap<string, string>;

/** Makes a TypeScript program that sees the overlay's files instead of those on the disk. */
export function createProgram(roots: readonly string[], options: ts.CompilerOptions, overlay: Overlay): ts.Program {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  const directories = new Set([...overlay.keys()].flatMap(directoriesOf));
  host.getCurrentDirectory = () => rootDirectory;
  host.fileExists = (file) => overlay.has(file) || fileExists(file);
  host.directoryExists = (directory) => directories.has(directory) || ts.sys.directoryExists(directory);
  host.readFile = (file) => overlay.get(file) ?? readFile(file);
  host.getSourceFile = (file, language, ...rest) => {
    const text = overlay.get(file);
    return text === undefined
      ? getSourceFile(file, language, ...rest)
      : ts.createSourceFile(file, text, language, true);
  };
  return ts.createProgram([...roots], options, host);
}

function directoriesOf(file: string): string[] {
  const parts = file.split('/').slice(1, -1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}
