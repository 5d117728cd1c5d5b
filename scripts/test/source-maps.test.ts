import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mustExecute, root } from '../execute.ts';

const built = ['client', 'mock', 'token-store-redis'];

/** What the package would hold, relative to its directory. */
async function packed(directory: string): Promise<string[]> {
  const said = await mustExecute('pnpm', ['pack', '--dry-run', '--json'], { cwd: directory });
  return (JSON.parse(said) as { files: { path: string }[] }).files.map(({ path }) => path);
}

/** A program has no types, and an entry may pass on what another file holds. */
const isMereExport = (text: string): boolean =>
  /^\s*(import [^;]*;\s*)*(export \{[^}]*\}( from "[^"]+")?;?\s*)+$/.test(text.replace(/^#!.*\n/, ''));

describe.each(built)('%s', (name) => {
  const directory = join(root, 'packages', name);
  test('has a map of every built file, whose sources are in the package', async () => {
    const files = await packed(directory);
    const code = files.filter((name) => /^dist\/.*(\.js|\.d\.ts)$/.test(name));
    expect(code.length).toBeGreaterThan(0);
    for (const name of code) {
      const text = await readFile(join(directory, name), 'utf8');
      if (isMereExport(text)) continue;
      expect(text, name).toContain(`//# sourceMappingURL=${name.slice('dist/'.length)}.map`);
      const { sources } = JSON.parse(await readFile(join(directory, `${name}.map`), 'utf8')) as { sources: string[] };
      const own = sources.map((source) => normalize(join(dirname(name), source)));
      expect(
        own.filter((source) => source.startsWith('src/')),
        name,
      ).not.toEqual([]);
      expect(
        own.filter((source) => source.startsWith('src/') && !files.includes(source)),
        name,
      ).toEqual([]);
    }
  });
});

test('the declaration of what the client exports leads to its source', async () => {
  const dist = join(root, 'packages/client/dist');
  const lines = (await readFile(join(dist, 'index.d.ts'), 'utf8')).split('\n');
  const line = lines.findIndex((text) => text.includes('declare function createClient('));
  const map = new SourceMap(JSON.parse(await readFile(join(dist, 'index.d.ts.map'), 'utf8')));
  const entry = map.findEntry(line, lines[line]?.indexOf('createClient') ?? -1);
  if (!('originalSource' in entry)) throw new Error('nothing is mapped there');
  expect(entry.originalSource).toBe('../src/client.ts');
  const source = (await readFile(join(dist, entry.originalSource), 'utf8')).split('\n');
  expect(source[entry.originalLine]?.slice(entry.originalColumn)).toMatch(/^createClient\(/);
});
