import { dirname } from 'node:path';
import { versionAt } from '../baseline/release-commit.ts';
import { ContractError } from '../errors.ts';
import { changesetDirectory, findShortfall, readChangesets } from '../release/changesets.ts';
import { type Comparison, compareWithBaseline } from '../release/comparison.ts';
import { type Written, writeOwnChangeset } from '../release/own-changeset.ts';
import { nothingReleased, typeBreakLines, whereOf } from '../release/rows.ts';
import { git } from '../repository/git.ts';
import { readManifest } from '../repository/packages.ts';
import { contractFile } from '../repository/paths.ts';

/** `pnpm contract changeset` */
export async function changeset({ check }: { readonly check?: boolean | undefined }): Promise<string> {
  const changesets = await readChangesets();
  // With the history in git, everybody has the same answer, also without a network.
  const comparison = await compareWithBaseline({ askRegistry: false });
  if (!comparison) return nothingReleased;
  const covered = `The changesets cover what has changed since ${comparison.baseline.label}.`;
  const shortfall = findShortfall(comparison.packages, changesets);
  if (check) {
    if (await isBeingReleased()) return 'The versions are raised and not committed yet: the changesets are used up.';
    if (shortfall) throw new ContractError(explain(comparison, shortfall));
    return covered;
  }
  // Changesets that people wrote are enough: with one more, the changelogs would say it twice.
  const isNeeded = comparison.packages.some(({ bump }) => bump !== 'none');
  if (isNeeded && !shortfall && changesets.own.length === 0) return covered;
  return sentenceOf(await writeOwnChangeset(comparison, changesets), comparison);
}

/** Whether versions are raised and not committed: the changelogs then say what the deleted changesets said. */
async function isBeingReleased(): Promise<boolean> {
  const { version } = await readManifest(dirname(contractFile));
  const { stdout: deleted } = await git('diff', '--name-only', '--diff-filter=D', 'HEAD', '--', changesetDirectory);
  return deleted !== '' && version !== (await versionAt('HEAD', 'openapi/package.json'));
}

function sentenceOf(written: Written, { baseline, packages }: Comparison): string {
  const since = `since ${baseline.label}`;
  switch (written.state) {
    case 'not needed':
      return `The contract has not changed ${since}: no changeset is needed.`;
    case 'removed':
      return `Removed ${written.file}: the contract has not changed ${since}.`;
    case 'current':
      return `${written.file} says what has changed ${since}.`;
    case 'written':
      return `Wrote ${written.file}:\n${packages.map(({ name, bump, next }) => `  ${name} ${bump} (${next})`).join('\n')}`;
  }
}

function explain({ baseline, changes, typeBreaks }: Comparison, shortfall: string): string {
  return [
    `The changesets do not cover what has changed since ${baseline.label}:`,
    `  ${shortfall}`,
    'because of',
    ...changes.map((change) => `  ${whereOf(change)}: ${change.place}: ${change.what}`),
    ...typeBreakLines(typeBreaks).map((line) => `  TypeScript: ${line}`),
    'Run: pnpm contract changeset',
  ].join('\n');
}
