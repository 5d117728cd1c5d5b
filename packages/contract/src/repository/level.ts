/**
 * How much a change asks of the users of a package, from nothing to everything, in the terms of semantic versioning.
 */
const levels = ['none', 'patch', 'minor', 'major'] as const;
export type Level = (typeof levels)[number];

/** @returns the highest of some levels; `none` when there are none */
export function highestLevel(found: readonly Level[]): Level {
  return levels[Math.max(0, ...found.map((level) => levels.indexOf(level)))] ?? 'none';
}

/** @returns whether `given` is at least `wanted` */
export function isEnough(given: Level, wanted: Level): boolean {
  return levels.indexOf(given) >= levels.indexOf(wanted);
}

/**
 * The bump that is written for a change. Below 1.0.0, a caret range accepts new patch versions and no new minor
 * versions. So a breaking change raises the minor version, and any other change the patch version: `^0.1.0` gets what
 * is added and never what breaks. From 1.0.0 on, the bump is the level.
 *
 * @param version the version that is raised, for example `0.1.0`
 */
export function bumpOf(level: Level, version: string): Level {
  if (!version.startsWith('0.')) return level;
  if (level === 'major') return 'minor';
  return level === 'minor' ? 'patch' : level;
}

/** The version after a bump, for example `0.2.0` after `minor` on `0.1.3`. A pre-release suffix is dropped. */
export function raiseVersion(version: string, bump: Level): string {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.+-]/).map(Number);
  switch (bump) {
    case 'major':
      return `${major + 1}.0.0`;
    case 'minor':
      return `${major}.${minor + 1}.0`;
    case 'patch':
      return `${major}.${minor}.${patch + 1}`;
    case 'none':
      return version;
  }
}
