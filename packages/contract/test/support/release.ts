import { preparation } from './edits.ts';
import { Workspace } from './workspace.ts';

const manifests = ['openapi', 'packages/client', 'packages/mock'].map((directory) => `${directory}/package.json`);

/** A copy of the repository in which contract, client and mock were released under one version, and nothing is pending. */
export async function createReleased(version: string): Promise<Workspace> {
  const workspace = await Workspace.create();
  for (const { file = 'openapi/didit-data.yaml', from, to } of preparation) await workspace.edit(file, from, to);
  await workspace.expectContract('generate');
  await workspace.commit('Prepare the contract');
  for (const manifest of manifests) {
    const text = await workspace.read(manifest);
    await workspace.write(manifest, text.replace(/"version": ".*"/, `"version": "${version}"`));
  }
  for (const name of await workspace.list('.changeset')) {
    if (name.endsWith('.md')) await workspace.delete(`.changeset/${name}`);
  }
  await workspace.expectContract('stamp');
  await workspace.expectContract('generate');
  await workspace.commit(`Release ${version}`);
  return workspace;
}
