import { fileURLToPath } from 'node:url';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

/** The repository's root. */
export const rootDirectory = fromRoot('');

/** The contract: the only place where an operation, a field or an error is described. */
export const contractFile = fromRoot('openapi/didit-data.yaml');

/** The same as one JSON document without references to other files; made from it. */
export const bundleFile = fromRoot('openapi/openapi.json');

/** Where generated code lives; nothing in it is edited by hand. */
export const generatedDirectory = fromRoot('packages/client/src/generated');

/** Folders of the packages that are made from the contract. They share one version: see `fixed` in `.changeset/config.json`. */
export const contractPackages = ['openapi', 'packages/client', 'packages/mock'].map(fromRoot);
