import { fileURLToPath } from 'node:url';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** The repository's root. */
export const rootDirectory = fromRoot('');

/** The contract: the only place where an operation, a field or an error is described. */
export const contractFile = fromRoot('openapi/didit-data.yaml');

/** Where generated code lives; nothing in it is edited by hand. */
export const generatedDirectory = fromRoot('packages/client/src/generated');

/** What is documented about the service: the contract is held against it. */
export const upstreamDirectory = fromRoot('openapi/upstream');

/** Folders of the packages that are made from the contract. They share one version: see `fixed` in `.changeset/config.json`. */
export const contractPackages = ['openapi', 'packages/client', 'packages/mock'].map(fromRoot);
