import { relative } from 'node:path';
import { checkSoundness } from '../document/lint.ts';
import { loadContract } from '../document/load.ts';
import { ContractError } from '../errors.ts';
import { bundledContract, generateFrom, writeGenerated } from '../generate/generate.ts';
import { writeFiles } from '../repository/files.ts';
import { git } from '../repository/git.ts';
import { bundleFile, contractFile, generatedDirectory, rootDirectory } from '../repository/paths.ts';

const directory = relative(rootDirectory, generatedDirectory);

/** `pnpm contract generate` */
export async function generate(): Promise<string> {
  await checkSoundness(contractFile);
  const contract = await loadContract(contractFile);
  const files = await generateFrom(contract);
  await refuseForeignFiles(files);
  await writeGenerated(files, generatedDirectory);
  await writeFiles(new Map([[bundleFile, bundledContract(contract)]]));
  return `Generated ${[...files.keys()].join(', ')} in ${directory}, and ${relative(rootDirectory, bundleFile)}.`;
}

/** Generating removes other files from the directory. Git cannot restore those that it does not know. */
async function refuseForeignFiles(files: ReadonlyMap<string, string>): Promise<void> {
  const { code, stdout } = await git('ls-files', '--others', '-z', '--', directory);
  const untracked = code === 0 ? stdout.split('\0').filter((file) => file !== '') : [];
  const foreign = untracked.filter((file) => !files.has(relative(directory, file)));
  if (foreign.length === 0) return;
  throw new ContractError(
    `These files are not committed, and generating would remove them:\n${foreign.map((file) => `  ${file}`).join('\n')}\n` +
      `Move them out of ${directory}, which holds generated code alone, then run: pnpm contract generate`,
  );
}
