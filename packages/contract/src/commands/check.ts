import { basename, dirname, relative } from 'node:path';
import { bundledContract } from '../bundle.ts';
import { findDrift } from '../check.ts';
import { ContractError } from '../contract-error.ts';
import { generateFrom } from '../generate.ts';
import { checkVersion } from '../info-version.ts';
import { checkSoundness } from '../lint.ts';
import { loadContract } from '../load.ts';
import { bundleFile, contractFile, generatedDirectory, rootDirectory } from '../paths.ts';
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
