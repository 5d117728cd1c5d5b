import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'tsdown';
import { expect, test } from 'vitest';
import { execute, root } from '../execute.ts';

/** Every function that JavaScript or the platform has, called in a statement of its own. */
function bareCalls(): string[] {
  const isName = (name: string) => /^[A-Za-z]\w*$/.test(name);
  return Object.getOwnPropertyNames(globalThis)
    .filter(isName)
    .flatMap((name) => {
      const value: unknown = Reflect.get(globalThis, name);
      if (value === globalThis || value === null || !['function', 'object'].includes(typeof value)) return [];
      const methods = Object.entries(Object.getOwnPropertyDescriptors(value))
        .filter(([key, descriptor]) => isName(key) && typeof descriptor.value === 'function')
        .map(([key]) => `${name}.${key}(x);`);
      return typeof value === 'function' ? [`${name}(x);`, `new ${name}(x);`, ...methods] : methods;
    });
}

test('the lint refuses every bare call that the bundler removes', async () => {
  const calls = [...bareCalls(), 'x && decodeURI(x);', 'void decodeURI(x);', 'String.fromCodePoint(x, x);'];
  await using directory = await mkdtempDisposable(join(tmpdir(), 'didit-lint-'));
  const entry = join(directory.path, 'calls.ts');
  await writeFile(entry, `export function f(x) {\n${calls.join('\n')}\n}\n`);

  await build({
    entry,
    outDir: directory.path,
    clean: false,
    config: false,
    dts: false,
    hash: false,
    logLevel: 'silent',
  });
  const built = await readFile(join(directory.path, 'calls.mjs'), 'utf8');
  const kept = new Set(built.split('\n').map((line) => line.trim()));
  const removed = calls.filter((call) => !kept.has(call));
  expect(removed).toContain('decodeURIComponent(x);');

  const { plugins } = JSON.parse(await readFile(join(root, 'biome.json'), 'utf8'));
  const rules = plugins.map((plugin: string) => join(root, plugin));
  await writeFile(join(directory.path, 'biome.json'), JSON.stringify({ plugins: rules }));
  const args = ['lint', '--reporter=github', '--max-diagnostics=none', 'calls.ts'];
  const { output } = await execute('biome', args, { cwd: directory.path });
  const refused = [...output.matchAll(/^::error title=plugin.*line=(\d+)/gm)].map(
    ([, line]) => calls[Number(line) - 2],
  );
  expect(removed.filter((call) => !refused.includes(call))).toEqual([]);
  expect(refused).not.toContain('structuredClone(x);');
});
