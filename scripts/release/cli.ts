import { appendFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { RegistryError } from '../registry/registry-error.ts';
import { root } from '../run.ts';
import { packRelease } from './pack-release.ts';
import { planRelease } from './plan.ts';
import { publishTarballs } from './publish.ts';
import { ReleaseError } from './release-error.ts';
import { tagRelease } from './tag.ts';

// This program and all that it loads must run without an installation: the jobs that may publish and tag have none.

const usage = `Usage: node scripts/release/cli.ts <plan | pack | publish | tag> [--out <folder>]
  plan      says what the commit leads to: version, publish or nothing
  pack      packs the versions that the registry does not have into the folder, tarballs when left out
  publish   publishes what is in the folder and the registry does not have
  tag       tags the commits of the versions on the code's host`;

const { GITHUB_OUTPUT, GITHUB_REPOSITORY, GITHUB_SERVER_URL, BEFORE: before } = process.env;
const hostedAt = GITHUB_REPOSITORY && GITHUB_SERVER_URL ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}` : undefined;

/** Each command with the folder that it is given. */
const commands: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  async plan() {
    const next = await planRelease({ repository: root, before, hostedAt });
    console.log(next);
    await tellJobs('next', next);
  },
  async pack(destination) {
    const tarballs = await packRelease({ repository: root, destination, hostedAt });
    for (const { file } of tarballs) console.log(basename(file));
    if (tarballs.length === 0) console.log('Nothing to release: every version is in the registry already.');
    await tellJobs('count', String(tarballs.length));
  },
  async publish(folder) {
    for (const { specifier, isNew } of await publishTarballs({ folder })) {
      console.log(isNew ? `${specifier} is published.` : `${specifier} is there already and is left alone.`);
    }
  },
  async tag() {
    if (!GITHUB_REPOSITORY) throw new ReleaseError('GITHUB_REPOSITORY must hold the name of the hosted repository.');
    const made = await tagRelease({ repository: root, hostedName: GITHUB_REPOSITORY });
    console.log(made.length > 0 ? made.join('\n') : 'Every version has its tag and its release already.');
  },
};

/** Hands a value on to the following jobs of a hosted CI. */
async function tellJobs(name: string, value: string): Promise<void> {
  if (GITHUB_OUTPUT) await appendFile(GITHUB_OUTPUT, `${name}=${value}\n`);
}

async function main(): Promise<void> {
  const options = { out: { type: 'string', default: 'tarballs' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [name = ''] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command || positionals.length > 1) throw new TypeError(`unknown command: ${positionals.join(' ')}`);
  await command(resolve(root, values.out));
}

await main().catch((error: unknown) => {
  const isBadUse = error instanceof TypeError && /^(unknown command|Unknown option|Option)/.test(error.message);
  const isForeseen = error instanceof ReleaseError || error instanceof RegistryError;
  console.error(isBadUse ? `${error.message}\n${usage}` : isForeseen ? error.message : error);
  process.exitCode = isBadUse ? 2 : 1;
});
