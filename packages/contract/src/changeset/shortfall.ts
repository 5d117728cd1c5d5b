import { highestLevel, isEnough } from '../level.ts';
import type { PackagePlan } from '../plan.ts';
import type { Request } from './read.ts';

/** @returns one line for each package that changesets ask too little for, or nothing */
export function findShortfalls(packages: readonly PackagePlan[], requests: readonly Request[]): string[] {
  return packages.flatMap(({ name, bump }) => {
    const own = requests.filter((request) => request.name === name);
    const asked = highestLevel(own.map((request) => request.bump));
    if (isEnough(asked, bump)) return [];
    const highest = own.find((request) => request.bump === asked);
    const found = highest ? `and ${highest.place} asks for ${asked}` : 'and no changeset names it';
    return [`${name} needs ${bump}, ${found}`];
  });
}
