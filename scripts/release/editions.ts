import { join } from 'node:path';
import { copyFiles, copyRepository } from './copy.ts';
import { type Edition, installTools, makeEdition } from './edition.ts';
import { findLastRelease } from './last-release.ts';
import { readPackages } from './packages.ts';
import { step } from './step.ts';
import { addField, versionPackages, writeChangeset } from './versions.ts';

const versionRemedy = 'make pnpm version-packages work; it must turn every changeset in .changeset into a version';

/** The last version, and the two that could come next: one after the other, since they may share a copy. */
export interface Editions {
  readonly last: Edition;
  /** The last version with one more optional field in the contract, and what follows from it. */
  makeAdditive(): Promise<Edition>;
  /** The working tree, with the changesets that wait in it and one of a breaking change. After the additive one. */
  makeBreaking(): Promise<Edition>;
}

/**
 * Makes the last version: from the commit of the last release, or, when nothing was released yet, from the working tree
 * with the versions that its changesets give.
 *
 * @param repository the repository, which stays as it is
 * @param folder where the copies go
 */
export async function makeEditions(repository: string, folder: string): Promise<Editions> {
  const released = await findLastRelease(repository);
  const copy = join(folder, 'last');
  await step(
    released
      ? `copy the last release, commit ${released.slice(0, 8)}`
      : 'copy the working tree: nothing was released yet',
    'a repository that has been released must be a git repository with its history',
    () => (released ? copyRepository(repository, copy, released) : copyFiles(repository, copy)),
  );
  await installTools(copy);
  if (!released) await step('give the last version', versionRemedy, () => versionPackages(copy));
  const last = await makeEdition('last', copy);

  return {
    last,
    async makeAdditive() {
      await step('add a field to the contract', 'make pnpm contract generate and pnpm contract changeset work', () =>
        addField(copy),
      );
      await step('give the additive version', versionRemedy, () => versionPackages(copy));
      return makeEdition('additive', copy, last);
    },

    async makeBreaking() {
      const tree = released ? join(folder, 'tree') : copy;
      if (released) {
        await copyRepository(repository, tree);
        await installTools(tree);
      }
      await step('give the breaking version', versionRemedy, async () => {
        await writeChangeset(tree, 'breaking', await readPackages(tree));
        await versionPackages(tree);
      });
      return makeEdition('breaking', tree);
    },
  };
}
