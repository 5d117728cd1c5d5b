import { cp, mkdtempDisposable, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ending, execute, mustExecute } from '../../../../scripts/execute.ts';

const sample = fileURLToPath(new URL('../..', import.meta.url));
const root = fileURLToPath(new URL('../../../..', import.meta.url));
const client = join(root, 'packages/client');

/** A copy of the app outside the workspace, like the copy of a user. */
export interface OutsideApp {
  readonly directory: string;
  /** Runs the TypeScript compiler over the copy. */
  typecheck(): Promise<Ending>;
  remove(): Promise<void>;
}

/** Where the copy's client comes from. */
export interface ClientSource {
  /** A version range for the registry. Default: the client is packed as it is now. */
  readonly version?: string | undefined;
  /** Added to npm's environment. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** Copies the app to a directory outside the workspace, and installs its dependencies there with npm. */
export async function copyOutside({ version, environment }: ClientSource = {}): Promise<OutsideApp> {
  const { path: directory, remove } = await mkdtempDisposable(join(tmpdir(), 'didit-data sample '));
  try {
    await copyFiles(directory, version ?? (await packClient(directory)));
    await mustExecute('npm', ['install', '--no-audit', '--no-fund'], { cwd: directory, env: environment });
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    directory,
    typecheck: () => execute(join(directory, 'node_modules/.bin/tsc'), [], { cwd: directory }),
    remove,
  };
}

/** @returns the version in a manifest that installs the packed client */
async function packClient(directory: string): Promise<string> {
  await mustExecute('pnpm', ['pack', '--pack-destination', directory], { cwd: client });
  return `file:${(await readdir(directory)).find((name) => name.endsWith('.tgz'))}`;
}

async function copyFiles(directory: string, clientVersion: string): Promise<void> {
  for (const name of ['src', 'tsconfig.json', 'package.json']) {
    await cp(join(sample, name), join(directory, name), { recursive: true });
  }
  await cp(join(root, 'tsconfig.base.json'), join(directory, 'tsconfig.base.json'));
  await rewriteJson(join(directory, 'tsconfig.json'), (config) => ({
    ...config,
    extends: './tsconfig.base.json',
    include: ['src'],
  }));
  const { devDependencies: tools } = await readJson(join(root, 'package.json'));
  await rewriteJson(join(directory, 'package.json'), ({ dependencies, ...manifest }) => ({
    ...manifest,
    dependencies: { ...dependencies, '@didit-data/client': clientVersion },
    devDependencies: { typescript: tools?.typescript, '@types/node': tools?.['@types/node'] },
  }));
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

async function readJson(path: string): Promise<Manifest> {
  return JSON.parse(await readFile(path, 'utf8'));
}

async function rewriteJson(path: string, rewrite: (value: Manifest) => object): Promise<void> {
  await writeFile(path, JSON.stringify(rewrite(await readJson(path)), null, 2));
}
