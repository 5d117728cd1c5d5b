import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustExecute } from '../execute.ts';
import type { Registry } from '../registry.ts';

type Manager = 'npm' | 'pnpm';

/** A directory that knows no workspace, in which somebody installs packages with a package manager. */
export interface Consumer {
  readonly directory: string;
  /** Installs exactly these dependencies, versions or ranges by name. */
  install(dependencies: Readonly<Record<string, string>>): Promise<void>;
  /** Takes the latest that the ranges allow. */
  update(...names: readonly string[]): Promise<void>;
  /** The installed version of a package. */
  installed(name: string): Promise<string>;
}

/** Install scripts are not run: of all that is installed, one package has one, and it is no part of what is tried. */
const silent: Readonly<Record<Manager, readonly string[]>> = {
  npm: ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
  pnpm: ['--silent'],
};

/** pnpm holds back what is younger than a day, and asks what to do about install scripts: none of these is needed. */
const pnpmSettings = 'minimumReleaseAgeExclude: ["@didit-data/*"]\nstrictDepBuilds: false\n';

export async function makeConsumer(
  manager: Manager,
  directory: string,
  { environment: env }: Registry,
): Promise<Consumer> {
  const use = (...args: readonly string[]) =>
    mustExecute(manager, [...args, ...silent[manager]], { cwd: directory, env });
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'pnpm-workspace.yaml'), pnpmSettings);
  return {
    directory,
    async install(dependencies) {
      const manifest = { private: true, type: 'module', dependencies };
      await writeFile(join(directory, 'package.json'), JSON.stringify(manifest, null, 2));
      // pnpm would keep to its lockfile in CI.
      await use('install', '--prefer-offline', ...(manager === 'pnpm' ? ['--no-frozen-lockfile'] : []));
    },
    async update(...names) {
      await use('update', ...(manager === 'npm' ? ['--prefer-online'] : []), ...names);
    },
    async installed(name) {
      return JSON.parse(await readFile(join(directory, 'node_modules', name, 'package.json'), 'utf8')).version;
    },
  };
}
