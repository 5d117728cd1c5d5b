import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { inTemporaryDirectory } from '../../src/repository/files.ts';

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
const listeners = () => ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => process.listenerCount(signal));

test.each(['succeeds', 'fails'])(
  'is there for the work and gone when it %s, with whatever was put in it',
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
  'is gone after %s, which ends the process as ever',
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
