import { fileURLToPath } from 'node:url';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The repository's root. */
export const rootDirectory = folder('../../');

/** Where what is measured beside ours is installed. */
export const peersDirectory = folder('../peers/');

/** What the peers make of the contract; made anew by each run. */
export const generatedDirectory = folder('../peers/generated/');
