import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sample = fileURLToPath(new URL('../..', import.meta.url));
const root = fileURLToPath(new URL('../../../..', import.meta.url));
const client = join(root, 'packages/client');

/** How a program ended. */
interface Ending {
  readonly code: number;
  readonly output: string;
}

/** A copy of the app that knows nothing of the workspace, as somebody who copies it would have it. */
export interface OutsideApp {
  readonly directory: string;
  /** Runs the TypeScript compiler over the copy. */
  typecheck(): Promise<Ending>;
  remove(): Promise<void>;
}

/** Packs the client, copies the app to a folder outside the workspace and installs it there with npm. */
export async function copyOutside(): Promise<OutsideApp> {
  const directory = await mkdtemp(join(tmpdir(), 'didit-data sample '));
  await must(join(root, 'node_modules/.bin/pnpm'), ['pack', '--pack-destination', directory], client);
  const tarball = (await readdir(directory)).find((name) => name.endsWith('.tgz'));

  for (const name of ['src', 'tsconfig.json']) await cp(join(sample, name), join(directory, name), { recursive: true });
  await cp(join(root, 'tsconfig.base.json'), join(directory, 'tsconfig.base.json'));
  await rewriteJson(join(directory, 'tsconfig.json'), (config) => ({
    ...config,
    extends: './tsconfig.base.json',
    include: ['src'],
  }));

  const { devDependencies: tools } = await readJson(join(root, 'package.json'));
  await cp(join(sample, 'package.json'), join(directory, 'package.json'));
  await rewriteJson(join(directory, 'package.json'), ({ dependencies, ...manifest }) => ({
    ...manifest,
    dependencies: { ...dependencies, '@didit-data/client': `file:${tarball}` },
    devDependencies: { typescript: tools?.typescript, '@types/node': tools?.['@types/node'] },
  }));
  await must('npm', ['install', '--no-audit', '--no-fund'], directory);

  return {
    directory,
    typecheck: () => run(join(directory, 'node_modules/.bin/tsc'), [], directory),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

async function must(program: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await run(program, args, cwd);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with exit code ${code}:\n${output}`);
}

/** Runs a program, on the Node that runs this one. */
function run(program: string, args: readonly string[], cwd: string): Promise<Ending> {
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env: { ...process.env, PATH: path } }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, output: stdout + stderr + (typeof error?.code === 'string' ? error.message : '') });
    });
  });
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
