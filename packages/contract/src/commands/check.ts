import { basename, dirname, relative } from 'node:path';
import { checkSoundness } from '../document/lint.ts';
import { loadContract } from '../document/load.ts';
import { checkVersion } from '../document/version.ts';
import { ContractError } from '../errors.ts';
import { bundledContract } from '../generate/bundle.ts';
import { findDrift } from '../generate/drift.ts';
import { generateFrom } from '../generate/generate.ts';
import { bundleFile, contractFile, generatedDirectory, rootDirectory } from '../repository/paths.ts';
import { type Command, expectNoArguments } from './command.ts';

export const checkCommand: Command = {
  summary: 'fail when what is generated is not what the contract gives',
  async run(args) {
    expectNoArguments(args);
    await checkSoundness(contractFile);
    await checkVersion(contractFile);
    const contract = await loadContract(contractFile);
    const bundle = new Map([[basename(bundleFile), bundledContract(contract)]]);
    const places = [
      [generatedDirectory, await findDrift(await generateFrom(contract), generatedDirectory)],
      [dirname(bundleFile), await findDrift(bundle, dirname(bundleFile), 'among others')],
    ] as const;
    const drifted = places.filter(([, drift]) => drift.length > 0);
    if (drifted.length > 0) {
      const lines = drifted.map(
        ([directory, drift]) =>
          `${relative(rootDirectory, directory)} is not what the contract gives:\n${drift.map((line) => `  ${line}`).join('\n')}`,
      );
      throw new ContractError(`${lines.join('\n')}\nRun: pnpm contract generate`);
    }
    return 'The generated code is what the contract gives.';
  },
};
