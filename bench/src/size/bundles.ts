import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { peersDirectory } from '../paths.ts';
import type { ResultTable } from '../results/types.ts';
import { type UsualImport, usualImports } from './imports.ts';

/** Measures what an import adds to a bundle. */
export async function bundles(): Promise<ResultTable> {
  return {
    id: 'bundles',
    title: 'Usual import in a bundle, minified by esbuild and gzipped, bytes',
    note: 'At once is what is loaded before anything runs; later is what is loaded when it is first needed.',
    header: ['', 'at once, bytes', 'later, bytes'],
    rows: await Promise.all(usualImports.map(async (one) => [one.name, ...(await sizeOf(one))])),
  };
}

async function sizeOf({ statement, used, platform = 'browser' }: UsualImport): Promise<[number, number]> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `${statement}; globalThis.used = ${used};`, resolveDir: peersDirectory },
    platform,
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    outdir: 'out',
    write: false,
    metafile: true,
  });
  const gzipped = new Map(
    outputFiles.map(({ path, contents }) => [basename(path), gzipSync(contents, { level: 9 }).length]),
  );
  const atOnce = loadedAtOnce(metafile);
  const later = [...gzipped.keys()].filter((chunk) => !atOnce.includes(chunk));
  const sum = (chunks: readonly string[]) => chunks.reduce((total, chunk) => total + (gzipped.get(chunk) ?? 0), 0);
  return [sum(atOnce), sum(later)];
}

/** @returns the entry with all chunks that it imports before it can run */
function loadedAtOnce({ outputs }: Metafile): string[] {
  const chunks = Object.keys(outputs).filter(
    (name) => outputs[name]?.entryPoint !== undefined && /\bstdin\.js$/.test(name),
  );
  for (const chunk of chunks) {
    for (const { path, kind } of outputs[chunk]?.imports ?? []) {
      if (kind === 'import-statement' && !chunks.includes(path)) chunks.push(path);
    }
  }
  return chunks.map((chunk) => basename(chunk));
}
