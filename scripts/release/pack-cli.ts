import { appendFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { RegistryError } from '../registry/registry-error.ts';
import { root } from '../run.ts';
import { packRelease, ReleaseError } from './pack-release.ts';

const usage = 'Usage: pnpm release:pack [--out <folder>]   the folder is tarballs when left out';

/** Packs what is to be released. In a hosted CI it tells the following jobs how many tarballs there are. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'tarballs' } } });
  const { GITHUB_OUTPUT: outputs, GITHUB_REPOSITORY: name, GITHUB_SERVER_URL: server } = process.env;
  const tarballs = await packRelease({
    repository: root,
    destination: resolve(root, values.out),
    hostedAt: name && server ? `${server}/${name}` : undefined,
  });
  for (const { file } of tarballs) console.log(basename(file));
  if (tarballs.length === 0) console.log('Nothing to release: every version is in the registry already.');
  if (outputs) await appendFile(outputs, `count=${tarballs.length}\n`);
}

await main().catch((error: unknown) => {
  const isBadUse = error instanceof TypeError && Reflect.get(error, 'code') === 'ERR_PARSE_ARGS_UNKNOWN_OPTION';
  const isForeseen = error instanceof ReleaseError || error instanceof RegistryError;
  console.error(isBadUse ? `${error.message}\n${usage}` : isForeseen ? error.message : error);
  process.exitCode = isBadUse ? 2 : 1;
});
