import { relative } from 'node:path';
import { ContractError } from '../contract-error.ts';
import { generate, writeGenerated } from '../generate.ts';
import { untrackedFiles } from '../git.ts';
import { checkSoundness } from '../lint.ts';
import { contractFile, generatedDirectory, rootDirectory } from '../paths.ts';
import { type Command, expectNoArguments } from './command.ts';

const folder = relative(rootDirectory, generatedDirectory);

export const generateCommand: Command = {
  summary: `make ${folder} from ${relative(rootDirectory, contractFile)}`,
  async run(args) {
    expectNoArguments(args);
    await checkSoundness(contractFile);
    const files = await generate(contractFile);
    await keepForeignFiles(files);
    await writeGenerated(files, generatedDirectory);
    return `Generated ${[...files.keys()].join(', ')} in ${folder}`;
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
