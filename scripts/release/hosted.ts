import { join } from 'node:path';
import type { PublishedPackage } from './packages.ts';
import { ReleaseError } from './release-error.ts';

/**
 * Makes sure that each package says that it comes from the repository that it is released from: provenance names that,
 * and the registry refuses a package that says otherwise.
 *
 * @param hostedAt the repository's address, as in `https://code.example/owner/name`
 * @throws ReleaseError with every manifest that must be mended, and what to write
 */
export function requireHosted(packages: readonly PublishedPackage[], hostedAt: string): void {
  const wrong = packages.filter(({ manifest }) => {
    const { repository } = manifest;
    return repository?.url?.replace(/^git\+|\.git$/g, '') !== hostedAt || !repository.directory;
  });
  if (wrong.length === 0) return;
  const lines = wrong.map(
    ({ path }) =>
      `  ${join(path, 'package.json')}: "repository": { "type": "git", "url": "git+${hostedAt}.git", "directory": "${path}" }`,
  );
  throw new ReleaseError(
    `The registry refuses provenance of packages that do not name the repository of the release. Write:\n${lines.join('\n')}`,
  );
}
