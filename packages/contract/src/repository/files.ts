import { mkdtempDisposableSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { ContractError } from '../errors.ts';
import { rootDirectory } from './paths.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Reads a file that every clone has.
 *
 * @throws {ContractError} when it cannot be read: the message names the file and how to restore it
 */
export async function readCommitted(file: string): Promise<string> {
  const place = relative(rootDirectory, file);
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ContractError(`${place} cannot be read. Restore it: git checkout -- ${place}`, { cause });
  });
}

/**
 * Replaces files together: writes each beside its place first, then moves all of them. When a write fails, no file has
 * changed and no draft is left.
 *
 * @param files text by absolute path
 */
export async function writeFiles(files: ReadonlyMap<string, string>): Promise<void> {
  const moves = [...files].map(([file, text]) => ({
    file,
    text,
    draft: join(dirname(file), `.${basename(file)}.${process.pid}.draft`),
  }));
  try {
    await Promise.all(moves.map(({ draft, text }) => writeFile(draft, text)));
    for (const { draft, file } of moves) await rename(draft, file);
  } catch (error) {
    await Promise.all(moves.map(({ draft }) => rm(draft, { force: true })));
    throw error;
  }
}

/** Runs work with an empty directory. Removes the directory when the work ends, also when a signal ends the process. */
export async function inTemporaryDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempDisposableSync(join(tmpdir(), 'didit-contract-'));
  const onSignal = (signal: NodeJS.Signals) => {
    directory.remove();
    process.kill(process.pid, signal); // the listener is gone, so the signal ends the process
  };
  for (const signal of signals) process.once(signal, onSignal);
  try {
    return await work(directory.path);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
    directory.remove();
  }
}
