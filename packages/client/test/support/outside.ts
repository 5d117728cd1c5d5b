import { execFile } from 'node:child_process';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Packs this package as it would be published. @returns the tarball's path */
export async function pack(): Promise<string> {
  const destination = await mkdtemp(join(tmpdir(), 'didit-pack-'));
  await output('pnpm', ['pack', '--pack-destination', destination], fileURLToPath(new URL('../..', import.meta.url)));
  const [tarball] = (await readdir(destination)).filter((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error('pnpm pack made no tarball');
  return join(destination, tarball);
}

/** Installs packages with plain npm in an empty folder outside the workspace. @returns the folder */
export async function installOutside(...packages: string[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'didit client '));
  await writeFile(join(directory, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  await output('npm', ['install', '--no-audit', '--no-fund', ...packages], directory);
  return directory;
}

/** Runs a program and returns what it printed; rejects with all that it printed when it fails. */
export async function output(...program: Parameters<typeof outputs>): Promise<string> {
  return (await outputs(...program)).stdout;
}

/** The same, with what it printed as errors and warnings. */
export async function outputs(
  command: string,
  args: string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<{ stdout: string; stderr: string }> {
  try {
    return await execute(command, args, { cwd, env: { ...process.env, ...env }, timeout: 60_000 });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** A file of `scripts/runtimes`, which brings what the packed package is tried on. */
export function runtimeFile(path: string): string {
  return fileURLToPath(new URL(`../../../../scripts/runtimes/node_modules/${path}`, import.meta.url));
}

/** A file of a package that brings an executable for this machine's processor. */
export function runtime(name: string, path: string): string {
  return runtimeFile(`${name}-${process.arch}/${path}`);
}
