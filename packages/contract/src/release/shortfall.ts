import { highestLevel, isEnough } from '../repository/level.ts';
import type { Request } from './changesets.ts';
import type { PackagePlan } from './plan.ts';

/** @returns what the changesets ask too little for, or `undefined`. One name is enough: the packages share one version. */
export function findShortfall(packages: readonly PackagePlan[], requests: readonly Request[]): string | undefined {
  const names = packages.map(({ name }) => name);
  const needed = highestLevel(packages.map(({ bump }) => bump));
  const own = requests.filter(({ name }) => names.includes(name));
  const asked = highestLevel(own.map(({ bump }) => bump));
  if (isEnough(asked, needed)) return undefined;
  const highest = own.find(({ bump }) => bump === asked);
  const found = highest ? `${highest.place} asks for ${asked}` : 'no changeset names one of them';
  return `${names.join(', ')} share one version. It needs ${needed}, and ${found}.`;
}
