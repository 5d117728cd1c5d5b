import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { inTemporaryDirectory } from '../../src/repository/files.ts';

test.each(['succeeds', 'fails'])(
  'the directory exists for the work, and is removed with its files when the work %s',
  async (how) => {
    const before = listeners();
    let path = '';
    const work = inTemporaryDirectory(async (directory) => {
      path = directory;
      await writeFile(join(directory, 'file'), 'text');
      if (how === 'fails') throw new Error('this fails');
      return 'done';
    });
    await (how === 'fails' ? expect(work).rejects.toThrow('this fails') : expect(work).resolves.toBe('done'));
    expect(path).not.toBe('');
    expect(await isThere(path)).toBe(false);
    expect(listeners()).toEqual(before);
  },
);

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'the directory is removed after %s, which ends the process as usual',
  async (signal) => {
    const module = JSON.stringify(fileURLToPath(new URL('../../src/repository/files.ts', import.meta.url)));
    const program = `const { inTemporaryDirectory } = await import(${module});
    setInterval(() => {}, 1000);
    await inTemporaryDirectory(async (directory) => { console.log(directory); await new Promise(() => {}); });`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
    const directory = line.trim();
    expect(await isThere(directory)).toBe(true);
    child.kill(signal);
    expect(await exited).toEqual([null, signal]);
    expect(await isThere(directory)).toBe(false);
  },
);

function isThere(path: string) {
  return access(path).then(
    () => true,
    () => false,
  );
}

function listeners() {
  return ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => process.listenerCount(signal));
}
