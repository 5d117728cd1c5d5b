import { glob, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import { ContractError } from '../errors.ts';
import { readCommitted } from './files.ts';
import { rootDirectory } from './paths.ts';

/** What the pipeline reads of a package's `package.json`. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
}

/**
 * Reads a package's `package.json`.
 *
 * @param directory the package's, absolute
 * @throws {ContractError} when the file is missing or not JSON: the message names it
 */
export async function readManifest(directory: string): Promise<Manifest> {
  const file = join(directory, 'package.json');
  const text = await readCommitted(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const place = relative(rootDirectory, file);
    throw new ContractError(`${place}: ${cause instanceof Error ? cause.message : cause}. Correct the syntax there.`);
  }
}

/** The packages of this repository by name, and whether each is published. */
export async function readPackages(): Promise<ReadonlyMap<string, { readonly published: boolean }>> {
  const workspace = parseYaml(await readFile(join(rootDirectory, 'pnpm-workspace.yaml'), 'utf8')) as {
    readonly packages: readonly string[];
  };
  const packages = new Map<string, { readonly published: boolean }>();
  const manifests = workspace.packages.map((pattern) => `${pattern}/package.json`);
  for await (const file of glob(manifests, { cwd: rootDirectory })) {
    const manifest = await readManifest(join(rootDirectory, dirname(file)));
    packages.set(manifest.name, { published: manifest.private !== true });
  }
  return packages;
}
