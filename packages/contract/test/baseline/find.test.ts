import { readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { takePublished } from '../../src/baseline/published.ts';
import { createReleased } from '../support/release.ts';
import { Workspace } from '../support/workspace.ts';

const cut =
  '        created_at:\n          type: [string, "null"]\n          format: date-time\n          description: When the session was created.\n';

/** A packed contract, as `npm pack --json` reports it. */
interface Packed {
  readonly filename: string;
  readonly version: string;
  readonly integrity: string;
  readonly shasum: string;
  readonly tarball: Buffer;
}

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createReleased('1.0.0');
  await workspace.edit('openapi/didit-data.yaml', cut, '');
  await workspace.commit('Remove a field');
});
afterEach(() => workspace.restore());
afterAll(() => workspace.remove());

describe('without --against', () => {
  test('the last release in git serves where the registry is not there', async () => {
    const text = await workspace.expectContract('diff');
    expect(text).toMatch(/^openapi\/didit-data\.yaml, compared with 1\.0\.0 \(commit \w{7}\)\.\n/);
    expect(text).toContain('From git: the registry cannot be asked (ECONNREFUSED).');
    expect(text).toMatch(
      /^yes +reader +major +openapi\/didit-data\.yaml:\d+ \(before\) +Decision\.created_at: Property/m,
    );
    expect(text).toContain('getSessionDecision 200.created_at: is no longer there');
    expect(text).toMatch(/^@didit-data\/client +major +major +1\.0\.0 -> 2\.0\.0$/m);
    expect(text).toContain('@didit-data/token-store-redis is not made from the contract.');
  });

  test('a clone that is too shallow is refused, and the message says what to do', async () => {
    await workspace.write('.git/shallow', `${await workspace.git('rev-parse', 'HEAD')}\n`);
    try {
      for (const args of [['changeset', '--check'], ['diff']]) {
        const { code, stderr } = await workspace.contract(...args);
        expect(code).toBe(1);
        expect(stderr).toContain('git fetch --unshallow');
      }
    } finally {
      await workspace.delete('.git/shallow');
    }
  });
});

describe('with --against', () => {
  test('a git ref is compared, as JSON', async () => {
    const { baseline, changes, typeBreaks, packages } = JSON.parse(
      await workspace.expectContract('diff', '--against', 'HEAD~1', '--json'),
    );
    expect(baseline.label).toMatch(/^HEAD~1 \(commit \w{7}\)$/);
    expect(changes).toMatchObject([
      { place: 'Decision.created_at', level: 'major', audience: ['reader'], inBaseline: true },
    ]);
    expect(typeBreaks).toMatchObject([{ what: 'is no longer there' }]);
    expect(packages).toMatchObject([
      { name: '@didit-data/openapi', level: 'major', bump: 'major', next: '2.0.0' },
      { name: '@didit-data/client', level: 'major' },
      { name: '@didit-data/mock', level: 'major' },
    ]);
  });

  test('a file is compared, as Markdown', async () => {
    await workspace.write('old/didit-data.yaml', await workspace.git('show', 'HEAD~1:openapi/didit-data.yaml'));
    await workspace.run('cp', ['-r', 'openapi/examples', 'old/examples']);
    const text = await workspace.expectContract('diff', '--against', 'old/didit-data.yaml', '--markdown');
    expect(text).toContain('## Contract changes\n\nopenapi/didit-data.yaml, compared with old/didit-data.yaml.');
    expect(text).toContain('| yes | reader | major | openapi/didit-data.yaml:');
    expect(text).toContain('| @didit-data/mock | major | major | 1.0.0 -> 2.0.0 |');
  });

  test.each([
    ['no-such-ref', 'no-such-ref is neither a file nor a commit of this clone.'],
    ['old/none.yaml', "old/none.yaml cannot be read. Name a contract's file, or a git ref."],
  ])('%s is refused', async (against, message) => {
    const { code, stderr } = await workspace.contract('diff', '--against', against);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  test('what is not committed is said to be so', async () => {
    await workspace.edit('openapi/didit-data.yaml', 'Numeric identifier of the session.', 'Number.');
    expect(await workspace.expectContract('diff', '--against', 'HEAD')).toMatch(
      /^openapi\/didit-data\.yaml, with changes that are not committed, compared/,
    );
  });
});

describe('from a registry', () => {
  let server: Server;
  let status: number;
  let released: Packed;
  let placeholder: Packed;
  let latest: Packed;
  let env: Record<string, string>;

  beforeAll(async () => {
    await workspace.git('checkout', '--quiet', 'HEAD~1', '--', 'openapi');
    released = await pack();
    await workspace.edit('openapi/package.json', '"version": "1.0.0"', '"version": "0.0.0"');
    placeholder = await pack();
    await workspace.git('reset', '--quiet', '--hard');
    server = createServer((request, response) => {
      if (status !== 200) response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
      else if (request.url?.endsWith('.tgz')) response.end(latest.tarball);
      else response.end(JSON.stringify(packument(latest)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    env = { npm_config_registry: `${origin()}/`, npm_config_cache: join(workspace.root, '.git/npm-cache') };
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const packument = ({ filename, version, integrity, shasum }: Packed) => ({
    name: '@didit-data/openapi',
    'dist-tags': { latest: version },
    versions: {
      [version]: {
        name: '@didit-data/openapi',
        version,
        dist: { integrity, shasum, tarball: `${origin()}/${filename}` },
      },
    },
  });
  const take = async () => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    try {
      return await takePublished(join(workspace.root, '.git/published'));
    } finally {
      vi.unstubAllEnvs();
    }
  };
  const pack = async (): Promise<Packed> => {
    const { stdout } = await workspace.run('npm', ['pack', './openapi', '--json', '--pack-destination=.git']);
    const [packed] = JSON.parse(stdout);
    return { ...packed, tarball: await readFile(join(workspace.root, '.git', packed.filename)) };
  };
  const diff = () => workspace.run(process.execPath, ['packages/contract/src/cli.ts', 'diff'], env);

  test('the published contract is taken, and the type tests of that release from git', async () => {
    status = 200;
    latest = released;
    const { code, stdout, stderr } = await diff();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^openapi\/didit-data\.yaml, compared with 1\.0\.0 \(published\)\.\n\n/);
    expect(stdout).toContain('Decision.created_at: Property `created_at` of `Decision` was removed.');
  });

  test('a version that only reserves the name is not a release', async () => {
    status = 200;
    latest = placeholder;
    expect(await take()).toEqual({ reason: '@didit-data/openapi was never published' });
  });

  test.each([
    [404, '@didit-data/openapi was never published'],
    [403, 'the registry refuses (E403)'],
    [500, 'the registry cannot be asked (E500)'],
  ])('an answer of %i results in no contract, and the reason', async (code, reason) => {
    status = code;
    expect(await take()).toEqual({ reason });
  });
});

test('before the first release there is nothing to compare with, and that is not a failure', async () => {
  const unreleased = await Workspace.create();
  try {
    for (const args of [['diff'], ['changeset'], ['changeset', '--check']]) {
      expect(await unreleased.expectContract(...args)).toMatch(/^Nothing is released yet/);
    }
    expect(JSON.parse(await unreleased.expectContract('diff', '--json'))).toEqual({ released: false });
    expect(await unreleased.changed()).toEqual([]);
    await rm(join(unreleased.root, '.git'), { recursive: true });
    expect(await unreleased.expectContract('changeset', '--check')).toMatch(/^Nothing is released yet/);
  } finally {
    await unreleased.remove();
  }
});
