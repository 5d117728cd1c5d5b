import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeScratchFolder } from '../release/scratch-folder.ts';

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

async function isGone(path: string): Promise<boolean> {
  for (let tries = 0; tries < 200 && (await isThere(path)); tries += 1) await sleep(50);
  return !(await isThere(path));
}

test('is there until it is disposed of', async () => {
  const folder = await makeScratchFolder('didit scratch ');
  await mkdir(join(folder.path, 'in/it'), { recursive: true });
  await writeFile(join(folder.path, 'in/it/file'), 'text');
  await folder[Symbol.asyncDispose]();
  expect(await isThere(folder.path)).toBe(false);
});

test.each([
  ['SIGINT', 'its process group is interrupted'],
  ['SIGTERM', 'its process group is told to end'],
  ['SIGKILL', 'its process is killed'],
] as const)('goes on %s: %s', async (signal, _) => {
  const module = JSON.stringify(fileURLToPath(new URL('../release/scratch-folder.ts', import.meta.url)));
  const program = `const { makeScratchFolder } = await import(${module});
    console.log((await makeScratchFolder('didit scratch ')).path);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], { detached: true });
  const [line] = await once(parent.stdout.setEncoding('utf8'), 'data');
  const folder = line.trim();
  expect(await isThere(folder)).toBe(true);
  process.kill(signal === 'SIGKILL' ? (parent.pid ?? 0) : -(parent.pid ?? 0), signal);
  expect(await isGone(folder)).toBe(true);
});
