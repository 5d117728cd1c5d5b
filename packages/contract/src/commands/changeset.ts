import { dirname } from 'node:path';
import { versionAt } from '../baseline/release-commit.ts';
import { ContractError } from '../errors.ts';
import { changesetFolder, readRequests } from '../release/changesets.ts';
import { type Comparison, compareWithBaseline } from '../release/comparison.ts';
import { hasOthersOnly, writeOwnChangeset } from '../release/own-changeset.ts';
import { nothingReleased } from '../release/rows.ts';
import { findShortfall } from '../release/shortfall.ts';
import { typeBreakLines } from '../release/type-lines.ts';
import { git } from '../repository/git.ts';
import { readManifest } from '../repository/packages.ts';
import { contractFile } from '../repository/paths.ts';
import { readOptions } from './arguments.ts';
import type { Command } from './command.ts';

export const changesetCommand: Command = {
  summary:
    'write the changeset that the contract needs since the last release; with --check, fail when it is not there',
  options: '[--check]',
  async run(args) {
    const { check } = readOptions(args, { check: { type: 'boolean', default: false } });
    const requests = await readRequests();
    // The history that everybody has gives everybody the same answer, also without a network.
    const comparison = await compareWithBaseline({ askRegistry: false });
    if (!comparison) return nothingReleased;
    const shortfall = findShortfall(comparison.packages, requests);
    if (!check) return !shortfall && (await hasOthersOnly(comparison)) ? covered(comparison) : write(comparison);
    if (await isBeingReleased()) return 'The versions are raised and not committed yet: the changesets are spent.';
    if (shortfall) throw new ContractError(explain(comparison, shortfall));
    return covered(comparison);
  },
};

const covered = ({ baseline }: Comparison): string => `The changesets cover what has changed since ${baseline.label}.`;

/** Between raising versions and committing them, the changelogs say what the changesets said, which are gone. */
async function isBeingReleased(): Promise<boolean> {
  const manifest = 'openapi/package.json';
  const { version } = await readManifest(dirname(contractFile));
  const { stdout: spent } = await git('diff', '--name-only', '--diff-filter=D', 'HEAD', '--', changesetFolder);
  return spent !== '' && version !== (await versionAt('HEAD', manifest));
}

async function write(comparison: Comparison): Promise<string> {
  const { state, file } = await writeOwnChangeset(comparison);
  const since = `since ${comparison.baseline.label}`;
  switch (state) {
    case 'not needed':
      return `The contract has not changed ${since}: no changeset is needed.`;
    case 'removed':
      return `Removed ${file}: the contract has not changed ${since}.`;
    case 'current':
      return `${file} says what has changed ${since}.`;
    case 'written':
      return `Wrote ${file}:\n${comparison.packages.map(({ name, bump, next }) => `  ${name} ${bump} (${next})`).join('\n')}`;
  }
}

function explain({ baseline, changes, typeBreaks }: Comparison, shortfall: string): string {
  const reasons = [
    ...changes.map(
      ({ file, line, inBaseline, place, what }) => `${file}:${line}${inBaseline ? ' (before)' : ''}: ${place}: ${what}`,
    ),
    ...typeBreakLines(typeBreaks).map((line) => `TypeScript: ${line}`),
  ];
  return [
    `The changesets do not cover what has changed since ${baseline.label}:`,
    `  ${shortfall}`,
    'because of',
    ...reasons.map((line) => `  ${line}`),
    'Run: pnpm contract changeset',
  ].join('\n');
}
