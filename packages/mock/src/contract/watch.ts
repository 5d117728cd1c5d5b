import { statSync } from 'node:fs';
import { filesOf } from './references.ts';

/** How often the files are looked at, in milliseconds. A checkout or an editor that saves in steps takes no longer. */
const intervalMs = 150;

/** Starts the watching. Calls back when a file has been saved; returns what ends it. */
export type StartWatching = (onSaved: () => void) => () => void;

/**
 * Remembers the state of the contract and of each file that it refers to, to be called before they are read. The files
 * are polled: notifications of the system end with a folder that is removed, and do not follow symbolic links.
 */
export function watchContract(contract: string): StartWatching {
  let files = filesOf(contract);
  let state = stateOf(files);
  return (onSaved) => {
    let isPending = false;
    const look = (): void => {
      const now = stateOf(files);
      if (now !== state) {
        state = now;
        isPending = true; // reported when nothing has changed for one interval more
      } else if (isPending) {
        isPending = false;
        files = filesOf(contract);
        state = stateOf(files);
        onSaved();
      }
    };
    const timer = setInterval(look, intervalMs).unref();
    return () => clearInterval(timer);
  };
}

function stateOf(files: Iterable<string>): string {
  return [...files].map(stampOf).join();
}

/** What changes when the file is saved or replaced; empty when it does not exist. Follows symbolic links. */
function stampOf(file: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch {
    return '';
  }
}
