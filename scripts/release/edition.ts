import { existsSync } from 'node:fs';
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findReleaseCommit } from '../../packages/contract/src/baseline/release-commit.ts';
import { mustExecute, root } from '../execute.ts';
import type { Registry } from '../registry.ts';

/** The published packages of one state of the repository. */
export interface Edition {
  /** Their manifests, by name. */
  readonly packages: ReadonlyMap<string, Manifest>;
  /** The directory with the tarballs of those that had a version of their own. */
  readonly packed: string;
}

/** The parts of a manifest that a rehearsal looks at. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly engines?: unknown;
  readonly exports?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export function git(cwd: string, ...args: readonly string[]): Promise<string> {
  return mustExecute('git', args, { cwd });
}

/** Writes the files of a directory that git does not ignore to the index of a repository. @returns git's hash of them all */
export async function treeOf(directory: string, repository: string): Promise<string> {
  const options = [`--git-dir=${join(repository, '.git')}`, `--work-tree=${directory}`];
  await git(directory, ...options, 'add', '--all');
  return (await git(directory, ...options, 'write-tree')).trim();
}

/** A copy of the repository, which stays as it is. One state of it after another is made in the copy and published. */
export interface Copy {
  readonly directory: string;
  /** What the working tree holds, as `treeOf` says it. */
  readonly tree: string;
  /** The last release: its commit, or, when nothing was released yet, the working tree with the versions that wait. */
  makeLast(): Promise<void>;
  /** One more optional field in the contract, with what the pipeline makes and says of it. */
  makeAdditive(): Promise<void>;
  /** The working tree, with its changesets and one that says that everything breaks. */
  makeBreaking(): Promise<void>;
  /** Does what the workflow does once versions are raised, by the same commands: plan, build, pack, publish, tag. */
  publish(name: string, registry: Registry): Promise<Edition>;
}

/** Copies the working tree as it is, and borrows the history, if there is one: an archive of a repository has none. */
export async function copyRepository(directory: string): Promise<Copy> {
  const hasHistory = existsSync(join(root, '.git'));
  await (hasHistory
    ? git(root, 'clone', '--quiet', '--shared', '--no-checkout', '.', directory)
    : git(root, 'init', directory));
  const settings = { 'user.name': 'Rehearsal', 'user.email': 'rehearsal@localhost', 'commit.gpgsign': 'false' };
  for (const [name, value] of Object.entries(settings)) await git(directory, 'config', name, value);
  const tree = await treeOf(root, directory);
  const released = hasHistory ? (await findReleaseCommit('openapi/package.json'))?.commit : undefined;
  const head = hasHistory ? (await git(directory, 'rev-parse', 'HEAD')).trim() : undefined;
  const inCopy = (command: string, ...args: readonly string[]) => mustExecute(command, args, { cwd: directory });

  async function commit(message: string): Promise<void> {
    await git(directory, 'add', '--all');
    await git(directory, 'commit', '--quiet', '--no-verify', '--allow-empty', `--message=${message}`);
  }

  async function raiseVersions(): Promise<void> {
    await commit('Rehearse a release');
    await inCopy('pnpm', 'run', 'version-packages');
    await commit('Version');
  }

  function install(): Promise<string> {
    return inCopy('pnpm', 'install', '--frozen-lockfile', '--prefer-offline', '--silent');
  }

  return {
    directory,
    tree,
    async makeLast() {
      await git(directory, 'read-tree', '--reset', '-u', released ?? tree);
      if (released) await git(directory, 'update-ref', '--no-deref', 'HEAD', released);
      await install();
      if (!released) await raiseVersions();
    },
    async makeAdditive() {
      await commit('Release');
      await addField(join(directory, 'openapi/didit-data.yaml'));
      for (const command of ['generate', 'changeset']) await inCopy('pnpm', '--silent', 'contract', command);
      await raiseVersions();
    },
    async makeBreaking() {
      if (released && head) {
        await git(directory, 'read-tree', '--reset', '-u', tree);
        await git(directory, 'update-ref', '--no-deref', 'HEAD', head);
        await install();
      }
      const bumps = [...(await readPackages(directory)).values()].map(
        ({ name, version }) => `'${name}': ${bumpOf(version)}`,
      );
      const text = `---\n${bumps.join('\n')}\n---\n\nRehearses a release that breaks.\n`;
      await writeFile(join(directory, '.changeset/rehearsal-of-breaking.md'), text);
      await raiseVersions();
    },
    async publish(name, { environment: env }) {
      const packed = join(`${directory} packed`, name);
      const plan = join(packed, 'plan.json');
      const must = (command: string, ...args: readonly string[]) => mustExecute(command, args, { cwd: directory, env });
      await mkdir(packed, { recursive: true });
      await must('changeset', 'publish-plan', '--output', plan);
      const planned: { plan: { name: string }[][] } = JSON.parse(await readFile(plan, 'utf8'));
      const filters = planned.plan.flat().map((release) => `--filter=${release.name}`);
      // What the repository has built already needs no second build.
      const cache = ['--output-logs=errors-only', '--cache-dir', join(root, '.turbo/cache')];
      await must('turbo', 'run', 'build', ...filters, ...cache);
      await must('changeset', 'pack', '--from-publish-plan', plan, '--out-dir', packed);
      await must('node', join(root, 'scripts/release/publish.ts'), packed);
      await must('changeset', 'git-tag');
      return { packages: await readPackages(directory), packed };
    },
  };
}

/** The name of the field that `makeAdditive` adds. */
export const addedField = 'rehearsed_at';

async function addField(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const field = `        ${addedField}:\n          type: string\n          description: When this was rehearsed.\n`;
  const properties = /^ {4}Decision:\n(?: {6}.*\n)*? {6}properties:\n/m;
  if (!properties.test(text)) throw new Error(`${file} has no properties of Decision to add one to.`);
  const added = text.replace(properties, (found) => found + field);
  await writeFile(file, added);
}

/** The bump that a change that breaks asks for: `^0.1.0` refuses a minor version. */
function bumpOf(version: string): 'minor' | 'major' {
  return version.startsWith('0.') ? 'minor' : 'major';
}

async function readPackages(repository: string): Promise<Map<string, Manifest>> {
  const packages = new Map<string, Manifest>();
  for await (const file of glob('{openapi,packages/*}/package.json', { cwd: repository })) {
    const manifest: Manifest = JSON.parse(await readFile(join(repository, file), 'utf8'));
    if (!manifest.private) packages.set(manifest.name, manifest);
  }
  return packages;
}
