import { existsSync, type FSWatcher, watch } from 'node:fs';
import { dirname, join } from 'node:path';

const settleMs = 100;

/**
 * Calls back when the contract or an example beside it has been saved. Folders are watched and not the file, because
 * many editors replace it. @returns what ends the watching
 */
export const watchContract = (file: string, onSaved: () => void): (() => void) => {
  let timer: NodeJS.Timeout | undefined;
  const saved = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onSaved, settleMs); // a save is several events
  };
  const watchers: FSWatcher[] = [dirname(file), join(dirname(file), 'examples')]
    .filter((folder) => existsSync(folder))
    .map(
      (folder) =>
        watch(folder, (_event, name) => {
          if (name === null || /\.(ya?ml|json)$/i.test(name)) saved();
        }).on('error', () => {}), // the folder has gone: what is served stays
    );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
};
