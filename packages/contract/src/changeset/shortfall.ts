import { highestLevel, isEnough } from '../level.ts';
import { contractPackageNames } from '../paths.ts';
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

/**
 * The contract's version is in what is made from it, so a release of the contract alone would change that without a
 * version.
 *
 * @returns one line for each package made from the contract that no changeset names, though one names the contract
 */
export function findForgotten(requests: readonly Request[]): string[] {
  const [contract, ...made] = contractPackageNames;
  const first = requests.find(({ name, bump }) => name === contract && bump !== 'none');
  if (!first) return [];
  const isNamed = (wanted: string) => requests.some(({ name, bump }) => name === wanted && bump !== 'none');
  return made
    .filter((name) => !isNamed(name))
    .map((name) => `${name} is made from ${contract}, which ${first.place} raises, and no changeset names it`);
}
