import { type StatsListener, unwatchFile, watchFile } from 'node:fs';
import { filesOf } from './references.ts';

/** How often the files are looked at, in milliseconds. */
const intervalMs = 200;
/** A checkout saves many files, and an editor removes one before it writes it again. */
const settleMs = 100;

/**
 * Calls back when the contract or a file that it refers to has been saved. The files are looked at again and again:
 * notifications of the system end with a folder that is removed, and say nothing of the target of a symbolic link.
 *
 * @returns what ends the watching
 */
export const watchContract = (contract: string, onSaved: () => void): (() => void) => {
  let watched = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const changed: StatsListener = (current, previous) => {
    if (current.nlink === 0 && previous.nlink === 0) return; // Node reports once that a file does not exist
    clearTimeout(timer);
    timer = setTimeout(() => {
      follow();
      onSaved();
    }, settleMs);
  };

  const follow = (): void => {
    const files = filesOf(contract);
    for (const file of watched) if (!files.has(file)) unwatchFile(file, changed);
    for (const file of files) {
      if (!watched.has(file)) watchFile(file, { interval: intervalMs, persistent: false }, changed);
    }
    watched = files;
  };

  follow();
  return () => {
    clearTimeout(timer);
    for (const file of watched) unwatchFile(file, changed);
  };
};
