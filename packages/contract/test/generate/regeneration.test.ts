import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileSample } from '../support/compile.ts';
import { type Edit, edits, filesOf } from '../support/edits.ts';
import { createReleased } from '../support/release.ts';
import type { Workspace } from '../support/workspace.ts';

const generated = 'packages/client/src/generated';

interface Result {
  readonly changed: readonly string[];
  /** Lines that generated files gained and lost, without the mark of the contract. */
  readonly gained: ReadonlyMap<string, readonly string[]>;
  readonly lost: ReadonlyMap<string, readonly string[]>;
  readonly broken: readonly string[];
  readonly changeset: string;
}

const results = new Map<string, Promise<Result>>();
let workspaces: Workspace[] = [];

/** Two copies, since each run keeps one core busy. */
beforeAll(async () => {
  workspaces = await Promise.all([createReleased('1.0.0'), createReleased('1.0.0')]);
  const queue = [...edits];
  const work = async (workspace: Workspace) => {
    for (let edit = queue.shift(); edit; edit = queue.shift()) {
      const result = runPipeline(workspace, edit);
      results.set(edit.name, result);
      await result.catch(() => undefined); // its test reports it
      await workspace.restore();
    }
  };
  await Promise.all(workspaces.map(work));
});
afterAll(() => Promise.all(workspaces.map((workspace) => workspace.remove())));

describe.each(edits)('$name', (edit) => {
  const result = async (): Promise<Result> => {
    const found = results.get(edit.name);
    if (!found) throw new Error('the edit was not run');
    return found;
  };

  // The three packages share one version, so a break in the client's types raises all of them.
  const bump = edit.clientBump ?? edit.bump;

  test(`ends in a ${bump} version of contract, client and mock, and says why`, async () => {
    const { changeset } = await result();
    const [, releases = '', summary = ''] = changeset.split('---\n');
    expect(releases.trim().split('\n')).toEqual([
      `'@didit-data/openapi': ${bump}`,
      `'@didit-data/client': ${bump}`,
      `'@didit-data/mock': ${bump}`,
    ]);
    expect(summary).toContain('The contract has changed since 1.0.0:');
    for (const line of edit.says) expect(summary).toContain(line);
    expect(summary.includes('**Breaking**')).toBe(bump === 'major');
  });

  test('changes the generated code as it should', async () => {
    const { gained, lost } = await result();
    expect([...new Set([...gained.keys(), ...lost.keys()])].sort()).toEqual(edit.generated);
    for (const line of edit.gained) expect(gained.get('openapi.ts')).toContain(line);
    for (const line of edit.lost) expect(lost.get('openapi.ts')).toContain(line);
    if (edit.gained.length === 0) expect(gained.get('openapi.ts') ?? []).toEqual([]);
    if (edit.lost.length === 0 && edit.bump !== 'patch') expect(lost.get('openapi.ts') ?? []).toEqual([]);
  });

  test(`leaves the sample ${edit.sample ? 'and says where it must change' : 'compiling'}`, async () => {
    const { broken } = await result();
    expect(broken).toEqual([...(edit.sample ?? []), ...(edit.client ?? [])].sort());
  });

  test('changes nothing else', async () => {
    const { changed } = await result();
    const marked =
      edit.bump === 'patch' && edit.generated.length === 0
        ? []
        : ['contract.ts', 'openapi.ts', 'validators.d.ts', 'validators.js'];
    const expected = [
      ...filesOf(edit).map((file) => ` M ${file}`),
      ' M openapi/openapi.json',
      ...marked.map((name) => ` M ${generated}/${name}`),
      expect.stringMatching(/^\?\? \.changeset\/contract-[0-9a-f]{7}\.md$/),
    ];
    expect(changed).toEqual(expected);
  });
});

async function runPipeline(workspace: Workspace, edit: Edit): Promise<Result> {
  for (const { file = 'openapi/didit-data.yaml', from, to } of edit.replacements) await workspace.edit(file, from, to);
  await workspace.expectContract('generate');
  await workspace.expectContract('changeset');
  const changed = await workspace.changed();
  const changeset = changed.find((line) => line.includes('.changeset/'))?.slice(3) ?? '';
  const diff = await workspace.git('diff', '--unified=0', '--ignore-space-change', '--', generated);
  return {
    changed,
    gained: linesOf(diff, '+'),
    lost: linesOf(diff, '-'),
    broken: compileSample(workspace.root),
    changeset: await workspace.read(changeset),
  };
}

function linesOf(diff: string, sign: '+' | '-'): Map<string, string[]> {
  const files = new Map<string, string[]>();
  let file = '';
  for (const line of diff.split('\n')) {
    if (line.startsWith('+++ ') || line.startsWith('--- ')) file = line.split('/').at(-1) ?? '';
    else if (line.startsWith(sign) && !/SHA-256|contractSha256/.test(line)) {
      files.set(file, [...(files.get(file) ?? []), line.slice(1).trim()]);
    }
  }
  return files;
}
