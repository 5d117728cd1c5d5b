import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The version that nothing is released under. */
export const unreleased = '0.0.0';

/** The parts of a manifest that a release looks at. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly bin?: unknown;
  readonly exports?: unknown;
  readonly main?: unknown;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: unknown;
  readonly types?: unknown;
  readonly repository?: { readonly url?: string; readonly directory?: string };
}

/** A package that is published. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  /** Its folder, relative to the repository. */
  readonly path: string;
  /** Its folder, absolute. */
  readonly directory: string;
  readonly manifest: Manifest;
}

/** Reads the packages of a repository that are published, each after those that it depends on. */
export async function readPackages(repository: string): Promise<PublishedPackage[]> {
  const found = new Map<string, PublishedPackage>();
  for await (const file of glob('{openapi,packages/*}/package.json', { cwd: repository })) {
    const manifest: Manifest = JSON.parse(await readFile(join(repository, file), 'utf8'));
    const { name, version } = manifest;
    const path = dirname(file);
    if (!manifest.private) found.set(name, { name, version, path, directory: join(repository, path), manifest });
  }
  return inOrder(new Map([...found].sort(([a], [b]) => a.localeCompare(b))));
}

function inOrder(packages: ReadonlyMap<string, PublishedPackage>): PublishedPackage[] {
  const ordered = new Set<PublishedPackage>();
  const add = (item: PublishedPackage) => {
    for (const name of Object.keys(item.manifest.dependencies ?? {})) {
      const needed = packages.get(name);
      if (needed && !ordered.has(needed)) add(needed);
    }
    ordered.add(item);
  };
  for (const item of packages.values()) add(item);
  return [...ordered];
}
