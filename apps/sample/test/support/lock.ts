import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

const script = `
  const { DatabaseSync } = require('node:sqlite');
  new DatabaseSync(process.argv[1], { timeout: 5_000 }).exec('BEGIN EXCLUSIVE');
  console.log('locked');
  setInterval(() => {}, 1_000);
`;

/** Locks the database in another process, like a backup. @returns a function that ends that process */
export async function lockDatabase(file: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['-e', script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const release = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(release);
  await once(child.stdout, 'data');
  return release;
}
