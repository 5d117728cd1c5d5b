import { basename, dirname, relative } from 'node:path';
import { checkSoundness } from '../document/lint.ts';
import { loadContract } from '../document/load.ts';
import { checkVersion } from '../document/version.ts';
import { ContractError } from '../errors.ts';
import { findDrift } from '../generate/drift.ts';
import { bundledContract, generateFrom } from '../generate/generate.ts';
import { bundleFile, contractFile, generatedDirectory, rootDirectory } from '../repository/paths.ts';

/** `pnpm contract check` */
export async function check(): Promise<string> {
  await checkSoundness(contractFile);
  await checkVersion(contractFile);
  const contract = await loadContract(contractFile);
  const bundle = new Map([[basename(bundleFile), bundledContract(contract)]]);
  const drifts = [
    [generatedDirectory, await findDrift(await generateFrom(contract), generatedDirectory)],
    [dirname(bundleFile), await findDrift(bundle, dirname(bundleFile), 'among others')],
  ] as const;
  const lines = drifts
    .filter(([, drift]) => drift.length > 0)
    .flatMap(([directory, drift]) => [
      `${relative(rootDirectory, directory)} does not match the contract:`,
      ...drift.map((line) => `  ${line}`),
    ]);
  if (lines.length > 0) throw new ContractError(`${lines.join('\n')}\nRun: pnpm contract generate`);
  return 'The generated files match the contract.';
}
