import { relative } from 'node:path';
import { findDrift } from './check.ts';
import { ContractError } from './contract-error.ts';
import { generate, writeGenerated } from './generate.ts';
import { contractFile, generatedDirectory, rootDirectory } from './paths.ts';
import { stampVersion } from './stamp.ts';

const usage = `Usage: pnpm contract <command>

  generate   make ${relative(rootDirectory, generatedDirectory)} from ${relative(rootDirectory, contractFile)}
  check      fail when the generated folder is not what the contract gives
  stamp      write the version of @didit-data/openapi into the contract
`;

const commands: Record<string, () => Promise<void>> = {
  async generate() {
    const files = await generate(contractFile);
    await writeGenerated(files, generatedDirectory);
    console.log(`Generated ${[...files.keys()].join(', ')} in ${relative(rootDirectory, generatedDirectory)}`);
  },

  async check() {
    const drift = await findDrift(await generate(contractFile), generatedDirectory);
    if (drift.length > 0) {
      throw new ContractError(
        `${relative(rootDirectory, generatedDirectory)} is not what the contract gives:\n` +
          `${drift.map((line) => `  ${line}`).join('\n')}\nRun: pnpm contract generate`,
      );
    }
    console.log('The generated code is what the contract gives.');
  },

  async stamp() {
    const version = await stampVersion(contractFile);
    console.log(`The contract is version ${version}.`);
  },
};

const [name = '', ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) && rest.length === 0 ? commands[name] : undefined;
if (command) {
  await command().catch((error: unknown) => {
    console.error(error instanceof ContractError ? error.message : error);
    process.exitCode = 1;
  });
} else {
  console.error(usage);
  process.exitCode = 2;
}
