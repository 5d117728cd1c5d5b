import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execute, mustExecute } from '../execute.ts';
import type { Registry } from '../registry.ts';
import type { Edition } from './edition.ts';
import { step } from './step.ts';

export type Manager = 'npm' | 'pnpm';

/** Somebody who uses the packages: the sample app and the smoke programs in a folder that knows no workspace. */
export interface Consumer {
  readonly folder: string;
  /** The version of a package that is installed. */
  installed(name: string): Promise<string>;
  /** Takes the latest that its ranges allow. */
  update(): Promise<void>;
  /** Changes to these versions, whatever its ranges were. */
  take(versions: Versions): Promise<void>;
  /** Runs the sample app's tests. */
  testSample(): Promise<SampleResult>;
}

/** Versions or ranges of the two packages that a consumer names. */
export interface Versions {
  readonly client: string;
  readonly mock: string;
}

interface SampleResult {
  readonly passed: number;
  readonly failed: number;
  /** What the runner printed when a test failed; otherwise nothing. */
  readonly output: string;
}

export interface ConsumerOptions {
  readonly manager: Manager;
  readonly registry: Registry;
  /** A folder that is not there yet. */
  readonly folder: string;
  /** What the sample app and the smoke programs are taken from. */
  readonly edition: Edition;
  readonly versions: Versions;
}

/** The sample's tests that pack the repository around them. They are no concern of who has the app alone. */
const needRepository = ['test/packed.test.ts'];

/** Tools that the workspace's root has and that the sample's tests use. */
const tools = ['@types/node', 'playwright-core', 'typescript', 'vitest'];

/** Install scripts are not run: of all that is installed, one package has one, and it is no part of what is tried. */
const silent: Readonly<Record<Manager, readonly string[]>> = {
  npm: ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
  pnpm: ['--silent'],
};

/** Makes a consumer in a fresh folder and installs what it asks for. */
export async function makeConsumer(options: ConsumerOptions): Promise<Consumer> {
  const { manager, registry, folder, edition } = options;
  const use = (verb: string, ...args: readonly string[]) =>
    step(`${verb} with ${manager}, having the ${edition.name} version`, 'see what the package manager says', () =>
      mustExecute(manager, [verb, ...args, ...silent[manager]], { cwd: folder, env: registry.environment }),
    );
  await mkdir(folder, { recursive: true });
  await copyPrograms(edition.repository, folder);
  await writeManifest(options);
  await use('install', '--prefer-offline');
  return {
    folder,
    async installed(packageName) {
      const file = join(folder, 'node_modules', packageName, 'package.json');
      return JSON.parse(await readFile(file, 'utf8')).version;
    },
    async update() {
      const freshly = manager === 'npm' ? ['--prefer-online'] : [];
      await use('update', ...freshly, '@didit-data/client', '@didit-data/mock');
    },
    async take(versions) {
      await writeManifest({ ...options, versions });
      await use('install', '--prefer-offline');
    },
    testSample: () => testSample(folder),
  };
}

async function copyPrograms(repository: string, folder: string): Promise<void> {
  const copies = [
    ['packages/client/test/programs', '.'],
    ['apps/sample', 'apps/sample'],
    ['scripts', 'scripts'], // the helpers of the sample's tests
    ['vitest.base.ts', 'vitest.base.ts'],
    ['tsconfig.base.json', 'tsconfig.base.json'],
  ] as const;
  for (const [from, to] of copies) {
    const filter = (path: string) => !/\/(node_modules|reports|runtimes)$/.test(path);
    await cp(join(repository, from), join(folder, to), { recursive: true, filter });
  }
}

/** One manifest for the app, the tools of its tests and the smoke programs, as the workspace would resolve them. */
async function writeManifest({ manager, folder, edition, versions }: ConsumerOptions): Promise<void> {
  const read = async (path: string) => JSON.parse(await readFile(join(edition.repository, path), 'utf8'));
  const [app, root] = await Promise.all([read('apps/sample/package.json'), read('package.json')]);
  const manifest = {
    private: true,
    type: 'module',
    dependencies: {
      ...Object.fromEntries(tools.map((name) => [name, root.devDependencies[name]])),
      ...app.devDependencies,
      ...app.dependencies,
      '@didit-data/client': versions.client,
      '@didit-data/mock': versions.mock,
    },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  if (manager === 'npm') return;
  // pnpm keeps back what is younger than a day, and wants a word on install scripts: none of these is needed.
  const settings = ['minimumReleaseAgeExclude: ["@didit-data/*"]', 'strictDepBuilds: false'];
  await writeFile(join(folder, 'pnpm-workspace.yaml'), `${settings.join('\n')}\n`);
}

async function testSample(folder: string): Promise<SampleResult> {
  const args = ['run', 'test', '--', ...needRepository.flatMap((file) => ['--exclude', file])];
  const { code, output } = await execute('npm', args, { cwd: join(folder, 'apps/sample') });
  const report = await readFile(join(folder, 'apps/sample/reports/vitest.json'), 'utf8').catch(() => '{}');
  const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = JSON.parse(report);
  return { passed, failed, output: code === 0 ? '' : output };
}
