import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import { readManifest } from './packages.ts';
import { rootDirectory } from './paths.ts';

/** The packages of this repository by name, and whether each is published. */
export async function readPackages(): Promise<ReadonlyMap<string, { readonly published: boolean }>> {
  const workspace = parseYaml(await readFile(join(rootDirectory, 'pnpm-workspace.yaml'), 'utf8')) as {
    readonly packages: readonly string[];
  };
  const packages = new Map<string, { readonly published: boolean }>();
  for await (const file of glob(
    workspace.packages.map((pattern) => `${pattern}/package.json`),
    { cwd: rootDirectory },
  )) {
    const manifest = await readManifest(join(rootDirectory, dirname(file)));
    packages.set(manifest.name, { published: manifest.private !== true });
  }
  return packages;
}
