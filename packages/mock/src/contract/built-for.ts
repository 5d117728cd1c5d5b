import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { MockContractError } from '../errors.ts';

/** SHA-256 of the contract that the package was built for; put in its place by the build, absent when run from source. */
declare const BUILT_FOR_CONTRACT: string | undefined;

/** Throws a `MockContractError` when the contract in `file` is another one than the package was built for. */
export function checkBuiltFor(
  file: string,
  wanted = typeof BUILT_FOR_CONTRACT === 'undefined' ? undefined : BUILT_FOR_CONTRACT,
): void {
  if (wanted === undefined) return;
  const found = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (found === wanted) return;
  throw new MockContractError(
    `The installed contract ${file} (${short(found)}) is not the one that this mock was built for (${short(wanted)}). ` +
      'Install the versions of @didit-data/openapi and @didit-data/mock that belong together, or, in the repository, ' +
      'build the mock again. To serve it all the same, name it with the option contract or with --contract.',
  );
}

function short(sha256: string): string {
  return `SHA-256 ${sha256.slice(0, 12)}…`;
}
