import { statSync } from 'node:fs';
import { filesOf } from './references.ts';

/** Time between two checks, in milliseconds. A checkout, or an editor that saves in steps, is done within it. */
const intervalMs = 150;

/** Starts to watch: calls back when a file was saved. Returns a function that stops it. */
export type StartWatching = (onSaved: () => void) => () => void;

/**
 * Records the state of the contract and of each file that it refers to. Call it before they are read. The files are
 * polled: notifications of the system stop when a directory is removed, and do not follow symbolic links.
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
        isPending = true; // reported after one more interval without a change
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

/** A string that changes when the file is saved or replaced; empty when it does not exist. Follows symbolic links. */
function stampOf(file: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch {
    return '';
  }
}
