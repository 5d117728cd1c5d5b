import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mustExecute } from '../execute.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A repository of two packages, of which the first in the alphabet depends on the second. */
export interface SmallRepository {
  readonly folder: string;
  /** Writes a file, with the folders that it is in. */
  write(path: string, text: string): Promise<void>;
  git(...args: readonly string[]): Promise<string>;
  /** Commits everything. @returns the commit's hash */
  commit(message: string): Promise<string>;
}

/** Makes one in a temporary folder and commits it. */
export async function makeSmallRepository(version = '0.1.0'): Promise<SmallRepository> {
  const folder = join(await temporaryFolder(), 'repository');
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const git = (...args: readonly string[]) =>
    mustExecute('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: folder });
  const commit = async (message: string) => {
    await git('add', '--all');
    await git('commit', '--quiet', '--message', message);
    return (await git('rev-parse', 'HEAD')).trim();
  };
  const manifest = (name: string, more: object) => `${JSON.stringify({ name, version, license: 'MIT', ...more })}\n`;
  await write('package.json', '{ "private": true }\n');
  await write('pnpm-workspace.yaml', 'packages: [openapi, "packages/*"]\n');
  await write('.changeset/config.json', '{}\n');
  await write('.gitignore', 'node_modules/\n');
  await write('openapi/package.json', manifest('@didit-data/openapi', {}));
  await write(
    'packages/client/package.json',
    manifest('@didit-data/client', { dependencies: { '@didit-data/openapi': version } }),
  );
  await write('packages/secret/package.json', manifest('@didit-data/secret', { private: true }));
  await git('init', '--quiet', '--initial-branch=main');
  await commit('Begin');
  return { folder, write, git, commit };
}
