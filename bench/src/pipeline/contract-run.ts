// Does what `pnpm contract generate`, `check` and `diff` do, for any contract. `diff` compares with `revision.json` instead of a release.
import { compareContracts } from '../../../packages/contract/src/diff/compare.ts';
import { checkSoundness } from '../../../packages/contract/src/document/lint.ts';
import { loadContract } from '../../../packages/contract/src/document/load.ts';
import { findDrift } from '../../../packages/contract/src/generate/drift.ts';
import { generate, writeGenerated } from '../../../packages/contract/src/generate/generate.ts';
import { generateTypes } from '../../../packages/contract/src/generate/types.ts';
import { compareContractTypes } from '../../../packages/contract/src/surface/contract-types.ts';

const [task = '', directory = ''] = process.argv.slice(2);
const contract = `${directory}contract.json`;
const revision = `${directory}revision.json`;
const generated = `${directory}ours`;

const tasks: Readonly<Record<string, () => Promise<void>>> = {
  async generate() {
    await checkSoundness(contract);
    await writeGenerated(await generate(contract), generated);
  },

  async check() {
    await checkSoundness(contract);
    const drift = await findDrift(await generate(contract), generated);
    if (drift.length > 0) throw new Error(`The generated directory is not up to date: ${drift.join(', ')}`);
  },

  async diff() {
    await checkSoundness(revision);
    const changes = await compareContracts(contract, revision);
    if (changes.length === 0) throw new Error('The change was not found.');
    const [before, after] = [await loadContract(contract), await loadContract(revision)];
    compareContractTypes(await generateTypes(before), await generateTypes(after));
  },
};

await tasks[task]?.();
