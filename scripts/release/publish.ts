// Publishes what `changeset pack` packed. It needs no installation: where publishing is allowed, no dependency's code runs.
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A package in the plan that `changeset pack` writes beside the tarballs. */
interface Release {
  readonly kind: 'publish' | 'tag-only';
  readonly name: string;
  readonly version: string;
  readonly access: string;
  readonly tag: string;
  readonly tarball: { readonly path: string };
}

/**
 * Publishes each tarball of a directory that the registry does not have, so that an attempt that broke off can be repeated.
 * Looks all of them up before it publishes the first one.
 *
 * @throws Error when the registry has other contents under one of the versions, or refuses
 */
async function publish(directory: string): Promise<void> {
  const { plan } = JSON.parse(readFileSync(join(directory, 'publish-plan.json'), 'utf8')) as { plan: Release[][] };
  const releases = plan.flat().filter(({ kind }) => kind === 'publish');
  const published = await Promise.all(
    releases.map((release) => isPublished(release, join(directory, release.tarball.path))),
  );
  const waiting = releases.filter((_, index) => !published[index]);
  console.log(`The registry has ${releases.length - waiting.length} of ${releases.length} packages already.`);
  for (const { name, version, access, tag, tarball } of waiting) {
    const args = ['publish', join(directory, tarball.path), '--access', access, '--tag', tag, '--ignore-scripts'];
    const { status } = spawnSync('npm', args, { stdio: 'inherit' });
    if (status !== 0) throw new Error(`npm did not publish ${name}@${version}: see above. Then run this again.`);
  }
}

/** Whether the registry has this very tarball. */
async function isPublished({ name, version }: Release, file: string): Promise<boolean> {
  const specifier = `${name}@${version}`;
  const args = ['view', specifier, 'dist.integrity', '--prefer-online', '--loglevel=error'];
  const published = await new Promise<string>((resolve, reject) => {
    execFile('npm', args, (error, stdout, stderr) => {
      if (!error) resolve(stdout.trim());
      else if (/\bE404\b/.test(stderr)) resolve('');
      else reject(new Error(`npm could not look up ${specifier}:\n${stderr}`, { cause: error }));
    });
  });
  if (published === '') return false;
  if (published === `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`) return true;
  throw new Error(
    `${specifier} is published with other contents than ${file}. This attempt has published nothing.\n` +
      'Find out who published it. Then add a changeset, which leads to the next version.',
  );
}

async function main(): Promise<number> {
  const [directory, ...more] = process.argv.slice(2);
  if (!directory || more.length > 0) {
    console.error('Usage: node scripts/release/publish.ts <directory that changeset pack has written>');
    return 2;
  }
  try {
    await publish(resolve(directory));
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

process.exitCode = await main();
