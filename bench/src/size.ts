import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { median } from './measure.ts';
import { table } from './table.ts';

const resolveDir = fileURLToPath(new URL('..', import.meta.url));

/** What an import costs: in a bundle, and as time of a whole process. */
export async function size(): Promise<string> {
  const imports = {
    "import { createClient } from '@didit-data/client'": 'createClient',
    "import createClient from 'openapi-fetch'": 'createClient',
  };
  const sizes = await Promise.all(
    Object.entries(imports).map(async ([statement, used]) => {
      const contents = `${statement}; globalThis.used = ${used};`;
      const stdin = { contents, resolveDir };
      const options = {
        bundle: true,
        minify: true,
        format: 'esm',
        splitting: true,
        outdir: 'out',
        write: false,
      } as const;
      const { outputFiles, metafile } = await build({ ...options, stdin, platform: 'browser', metafile: true });
      const gzipped = new Map(
        outputFiles.map(({ path, contents }) => [basename(path), gzipSync(contents, { level: 9 }).length]),
      );
      const atOnce = loadedAtOnce(metafile);
      const sum = (chunks: readonly string[]) =>
        chunks.reduce((total, chunk) => total + (gzipped.get(chunk) ?? Number.NaN), 0);
      const later = [...gzipped.keys()].filter((chunk) => !atOnce.includes(chunk));
      return [`\`${statement}\``, String(sum(atOnce)), String(sum(later))];
    }),
  );
  const bare = processMs('');
  const ours = processMs("await import('@didit-data/client')");
  return [
    '## Size, minified and gzipped, bytes',
    table(['', 'at once', 'when used'], sizes),
    '## Import, whole process, ms (median of 15)',
    table(['bare Node', 'with the client', 'ratio'], [[bare.toFixed(1), ours.toFixed(1), (ours / bare).toFixed(2)]]),
  ].join('\n\n');
}

/** The entry with all that it imports before it can run. */
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

function processMs(code: string): number {
  const times = Array.from({ length: 15 }, () => {
    const startedAt = performance.now();
    const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: resolveDir });
    if (status !== 0) throw new Error(`the import failed: ${code}`);
    return performance.now() - startedAt;
  });
  return median(times);
}
