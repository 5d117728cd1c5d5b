import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const rootDirectory = directory('../../');

/** Where the peers are installed: everything that ours is compared with. */
export const peersDirectory = directory('../peers/');

/** What the peers make from the contract; each run makes it again. */
export const generatedDirectory = directory('../peers/generated/');

function directory(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
