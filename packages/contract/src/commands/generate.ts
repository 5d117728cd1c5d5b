import { relative } from 'node:path';
import { checkSoundness } from '../document/lint.ts';
import { loadContract } from '../document/load.ts';
import { ContractError } from '../errors.ts';
import { bundledContract } from '../generate/bundle.ts';
import { generateFrom, writeGenerated } from '../generate/generate.ts';
import { writeFiles } from '../repository/files.ts';
import { untrackedFiles } from '../repository/git.ts';
import { bundleFile, contractFile, generatedDirectory, rootDirectory } from '../repository/paths.ts';
import { type Command, expectNoArguments } from './command.ts';

const folder = relative(rootDirectory, generatedDirectory);
const bundle = relative(rootDirectory, bundleFile);

export const generateCommand: Command = {
  summary: `make ${folder} and ${bundle} from ${relative(rootDirectory, contractFile)}`,
  async run(args) {
    expectNoArguments(args);
    await checkSoundness(contractFile);
    const contract = await loadContract(contractFile);
    const files = await generateFrom(contract);
    await keepForeignFiles(files);
    await writeGenerated(files, generatedDirectory);
    await writeFiles(new Map([[bundleFile, bundledContract(contract)]]));
    return `Generated ${[...files.keys()].join(', ')} in ${folder}, and ${bundle}`;
  },
};

/** The folder is emptied of what does not belong there; what git cannot bring back is not ours to remove. */
async function keepForeignFiles(files: ReadonlyMap<string, string>): Promise<void> {
  const foreign = (await untrackedFiles(folder)).filter((file) => !files.has(file.slice(folder.length + 1)));
  if (foreign.length === 0) return;
  throw new ContractError(
    `These files are not committed, and generating would remove them:\n${foreign.map((file) => `  ${file}`).join('\n')}\n` +
      `Move them out of ${folder}, which holds generated code alone, then run: pnpm contract generate`,
  );
}
