import { cp, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { installOutside, pack } from './outside.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The package as it would be published. */
    readonly tarball: string;
    /** A folder outside the workspace with the package installed and `test/programs` beside it. */
    readonly folder: string;
  }
}

/** Packs and installs once for all the tests of the packed package; the peers are the oldest that it supports. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const tarball = await pack();
  const folder = await installOutside(tarball, '@opentelemetry/api@1.9.0', 'undici@7.0.0');
  await cp(fileURLToPath(new URL('../programs', import.meta.url)), folder, { recursive: true });
  project.provide('tarball', tarball);
  project.provide('folder', folder);
  return async () => {
    await Promise.all([folder, dirname(tarball)].map((directory) => rm(directory, { recursive: true })));
  };
}
