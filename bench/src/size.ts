import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
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
      const { outputFiles } = await build({ ...options, stdin, platform: 'browser', logLevel: 'silent' });
      const [entry, ...lazy] = outputFiles.map(({ contents }) => gzipSync(contents, { level: 9 }).length);
      const later = lazy.length > 0 ? lazy.reduce((sum, bytes) => sum + bytes, 0).toString() : '–';
      return [`\`${statement}\``, String(entry ?? Number.NaN), later];
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

function processMs(code: string): number {
  const times = Array.from({ length: 15 }, () => {
    const startedAt = performance.now();
    spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: resolveDir });
    return performance.now() - startedAt;
  });
  return times.sort((a, b) => a - b)[7] ?? Number.NaN;
}
