import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect } from 'vitest';
import { rootDirectory } from '../../src/repository/paths.ts';
import { makeUnreleased } from './unreleased.ts';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const directories = [
  'openapi',
  'packages/contract',
  'packages/client',
  'packages/mock',
  'packages/token-store-redis',
  'apps/sample',
  'bench',
];
const left = new Set(['node_modules', 'dist', 'reports', '.turbo', 'test', '.git']);

/**
 * A copy of what the pipeline reads and writes, as it was before the first release, as a git repository of its own with
 * one commit. Packages of other people are linked; those of this repository lead to the copy.
 */
export class Workspace {
  /** @param from the repository that is copied */
  static async create(from = rootDirectory): Promise<Workspace> {
    const workspace = new Workspace(await mkdtemp(join(tmpdir(), 'didit-workspace-')));
    await workspace.#fill(from);
    return workspace;
  }

  readonly root: string;
  private constructor(root: string) {
    this.root = root;
  }

  async #fill(source: string): Promise<void> {
    for (const file of [
      'package.json',
      'pnpm-workspace.yaml',
      'tsconfig.base.json',
      'biome.json',
      'scripts/lint',
      '.gitignore',
      '.changeset',
      'scripts/lint',
    ]) {
      await cp(join(source, file), join(this.root, file), { recursive: true });
    }
    for (const directory of directories) {
      const from = join(source, directory);
      await cp(from, join(this.root, directory), {
        recursive: true,
        filter: (file) =>
          !relative(from, file)
            .split('/')
            .some((name) => left.has(name)),
      });
    }
    for (const directory of ['', ...directories]) await this.#link(source, directory);
    await makeUnreleased(this.root, directories);
    await this.expectContract('generate');
    await this.git('init', '--quiet', '--initial-branch=main');
    await this.git('config', 'user.name', 'Test');
    await this.git('config', 'user.email', 'test@example.invalid');
    await this.commit('Start');
  }

  async #link(source: string, directory: string): Promise<void> {
    const from = join(source, directory, 'node_modules');
    const to = join(this.root, directory, 'node_modules');
    const names = await readdir(from).catch(() => []);
    if (names.length > 0) await mkdir(to, { recursive: true });
    for (const name of names) {
      if (name !== '@didit-data') await symlink(join(from, name), join(to, name));
    }
    for (const name of await readdir(join(from, '@didit-data')).catch(() => [])) {
      await mkdir(join(to, '@didit-data'), { recursive: true });
      await symlink(await readlink(join(from, '@didit-data', name)), join(to, '@didit-data', name));
    }
  }

  /** Runs `pnpm contract …` of the copy. The configured registry does not exist. */
  contract(...args: readonly string[]): Promise<Outcome> {
    return this.run(process.execPath, ['packages/contract/src/cli.ts', ...args]);
  }

  /** The same, for a command that must not fail. */
  async expectContract(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.contract(...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  }

  run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    return new Promise((resolve) => {
      execFile(program, args, { cwd: this.root, env: { ...environment(), ...env } }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
      );
    });
  }

  async git(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run('git', args);
    expect(code, stderr).toBe(0);
    return stdout.trimEnd();
  }

  async commit(message: string): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--no-verify', `--message=${message}`);
  }

  /** Files that differ from the last commit, new ones too, each with git's two letters. */
  async changed(): Promise<string[]> {
    const text = await this.run('git', ['status', '--porcelain', '--untracked-files=all']);
    return text.stdout.split('\n').filter((line) => line !== '');
  }

  /** Brings the last commit back. */
  async restore(): Promise<void> {
    await this.git('reset', '--quiet', '--hard');
    await this.git('clean', '--quiet', '--force', '-d');
  }

  read(file: string): Promise<string> {
    return readFile(join(this.root, file), 'utf8');
  }

  list(directory: string): Promise<string[]> {
    return readdir(join(this.root, directory));
  }

  delete(file: string): Promise<void> {
    return rm(join(this.root, file));
  }

  async write(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.root, file)), { recursive: true });
    await writeFile(join(this.root, file), text);
  }

  /** Replaces a text that occurs in a file exactly once. */
  async edit(file: string, from: string, to: string): Promise<void> {
    const text = await this.read(file);
    expect(text.split(from), `${file} holds this once: ${from}`).toHaveLength(2);
    await this.write(
      file,
      text.replace(from, () => to),
    );
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}

/** Without what would lead git to another repository or a person's own settings, and with a registry that is not there. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return {
    ...Object.fromEntries(kept),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    npm_config_registry: 'http://127.0.0.1:9/',
  };
}
