import { relative } from 'node:path';
import { findDrift } from '../check.ts';
import { ContractError } from '../contract-error.ts';
import { generate } from '../generate.ts';
import { checkVersion } from '../info-version.ts';
import { checkSoundness } from '../lint.ts';
import { contractFile, generatedDirectory, rootDirectory } from '../paths.ts';
import { type Command, expectNoArguments } from './command.ts';

export const checkCommand: Command = {
  summary: 'fail when the generated folder is not what the contract gives',
  async run(args) {
    expectNoArguments(args);
    await checkSoundness(contractFile);
    await checkVersion(contractFile);
    const drift = await findDrift(await generate(contractFile), generatedDirectory);
    if (drift.length > 0) {
      throw new ContractError(
        `${relative(rootDirectory, generatedDirectory)} is not what the contract gives:\n` +
          `${drift.map((line) => `  ${line}`).join('\n')}\nRun: pnpm contract generate`,
      );
    }
    return 'The generated code is what the contract gives.';
  },
};
