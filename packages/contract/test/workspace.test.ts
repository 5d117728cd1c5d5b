import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReleased } from './support/release.ts';
import { Workspace } from './support/workspace.ts';

let released: Workspace;
let copy: Workspace;
beforeAll(async () => {
  released = await createReleased('0.3.0');
  await released.write('packages/client/CHANGELOG.md', '# @didit-data/client\n\n## 0.3.0\n\nMore.\n');
  await released.write('.changeset/odd-dogs-bark.md', "---\n'@didit-data/client': major\n---\n\nMuch more.\n");
  copy = await Workspace.create(released.root);
});
afterAll(() => Promise.all([released?.remove(), copy?.remove()]));

test('what the tests work on was never released, also when the repository was', async () => {
  for (const directory of ['openapi', 'packages/client', 'packages/mock', 'packages/token-store-redis']) {
    expect(JSON.parse(await copy.read(`${directory}/package.json`)).version, directory).toBe('0.0.0');
    expect(await copy.list(directory)).not.toContain('CHANGELOG.md');
  }
  expect((await copy.list('.changeset')).sort()).toEqual([
    'config.json',
    'first-openapi.md',
    'first-packages-client.md',
    'first-packages-mock.md',
    'first-packages-token-store-redis.md',
  ]);
  expect(await copy.read('packages/client/src/generated/contract.ts')).toContain("contractVersion: string = '0.0.0'");
  await copy.expectContract('check');
  expect(await copy.expectContract('changeset', '--check')).toMatch(/^Nothing is released yet/);
});
