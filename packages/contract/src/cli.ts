import { relative } from 'node:path';
import { findDrift } from './check.ts';
import { ContractError } from './contract-error.ts';
import { generate, writeGenerated } from './generate.ts';
import { contractFile, generatedDirectory, rootDirectory, upstreamDirectory } from './paths.ts';
import { stampVersion } from './stamp.ts';

const usage = `Usage: pnpm contract <command>

  generate   make ${relative(rootDirectory, generatedDirectory)} from ${relative(rootDirectory, contractFile)}
  check      fail when the generated folder is not what the contract gives
  stamp      write the version of @didit-data/openapi into the contract
  upstream   fail when the contract and the records in openapi/upstream do not agree
  verify     replay the contract against a server; --help says how
`;

const commands: Record<string, (args: readonly string[]) => Promise<void>> = {
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

  async upstream() {
    const { checkUpstream } = await import('./upstream/command.ts');
    const { facts, records } = await checkUpstream(contractFile, upstreamDirectory);
    console.log(`The contract's ${facts} facts agree with ${records} records in openapi/upstream.`);
  },
};

/** Commands with arguments of their own. Their modules are loaded when they run: generating code needs none of them. */
const withArguments: typeof commands = {
  async verify(args) {
    const { runVerify } = await import('./verify/command.ts');
    const { output, errors, exitCode } = await runVerify(args, process.env);
    if (output) console.log(output);
    if (errors) console.error(errors);
    process.exitCode = exitCode;
  },
};

const [name = '', ...rest] = process.argv.slice(2);
const known = rest.length === 0 ? { ...commands, ...withArguments } : withArguments;
const command = Object.hasOwn(known, name) ? known[name] : undefined;
if (command) {
  await command(rest).catch((error: unknown) => {
    console.error(error instanceof ContractError ? error.message : error);
    process.exitCode = 1;
  });
} else {
  console.error(usage);
  process.exitCode = 2;
}
