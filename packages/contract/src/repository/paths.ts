import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const rootDirectory = fromRoot('');

/** The contract: the only place where an operation, a field or an error is described. */
export const contractFile = fromRoot('openapi/didit-data.yaml');

/** The same as one JSON document without references to other files; made from it. */
export const bundleFile = fromRoot('openapi/openapi.json');

/** Where generated code lives; nobody edits it by hand. */
export const generatedDirectory = fromRoot('packages/client/src/generated');

/** The packages that are made from the contract. They share one version: see `fixed` in `.changeset/config.json`. */
export const contractPackages = ['openapi', 'packages/client', 'packages/mock'].map(fromRoot);

/** The client's sources, relative to the root, as the two below. */
export const clientSources = 'packages/client/src';

/** Code of this repository that uses the client as its users do. */
export const clientUsers = ['packages/client/test-d', 'packages/client/examples'];

function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
}
