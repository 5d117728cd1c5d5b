import type { Change } from '../diff/change.ts';
import { bumpOf, highestLevel, type Level, raiseVersion } from '../repository/level.ts';
import { readManifest } from '../repository/packages.ts';
import { contractPackages } from '../repository/paths.ts';
import type { TypeBreak } from '../surface/walk.ts';

/** What a package's next release must be. */
export interface PackagePlan {
  readonly name: string;
  /** The version it has now. */
  readonly version: string;
  /** How much the changes ask of its users. */
  readonly level: Level;
  /** The bump that is written, see {@link bumpOf}. The same for all packages, because they share one version. */
  readonly bump: Level;
  /** The version after that bump. */
  readonly next: string;
}

/** What follows for each package: the contract's own level; for the client also what breaks in TypeScript. */
export async function planReleases(changes: readonly Change[], breaks: readonly TypeBreak[]): Promise<PackagePlan[]> {
  const wire = highestLevel(changes.map(({ level }) => level));
  const shared = breaks.length > 0 ? 'major' : wire;
  const plans = contractPackages.map(async (directory): Promise<PackagePlan> => {
    const { name, version } = await readManifest(directory);
    const level = directory.endsWith('/client') ? shared : wire;
    const bump = bumpOf(shared, version);
    return { name, version, level, bump, next: raiseVersion(version, bump) };
  });
  return Promise.all(plans);
}
