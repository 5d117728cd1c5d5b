import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { prepareDirectory } from '../generators.ts';
import { generatedDirectory } from '../paths.ts';
import { median, rounded } from '../results/statistics.ts';
import type { PartOptions, ResultTable } from '../results/types.ts';
import { run } from '../run.ts';
import { type ContractDocument, growContract } from './grown-contract.ts';
import { tasks } from './tasks.ts';

const sizes = [4, 10, 100, 1_000];

/** Measures how long it takes to get from the contract to code, and how that grows with the contract. */
export async function pipeline({ quick, withTests }: PartOptions): Promise<readonly ResultTable[]> {
  const contract: ContractDocument = JSON.parse(await readFile(`${generatedDirectory}contract.json`, 'utf8'));
  const columns: Map<string, number>[] = [];
  for (const size of sizes) columns.push(await timesOf(growContract(contract, size), size, quick ? 1 : 3));
  const growth: ResultTable = {
    id: 'growth',
    title: 'From the contract to code, s, whole processes',
    note:
      `Our contract has ${sizes[0]} operations; the larger ones are made of copies of it. Median of 3, of 1 000 ` +
      'operations a single run. Ours lints first, as its commands do, and formats what it makes; diff compares the wire ' +
      'and the types. The others make what they are measured with as clients: types and validators.',
    header: ['', ...sizes.map((size) => `${size} operations`)],
    rows: tasks.map(({ name }) => [name, ...columns.map((times) => rounded(times.get(name) ?? Number.NaN, 2))]),
  };
  return withTests ? [growth, await wholeTestRun()] : [growth];
}

async function timesOf(contract: ContractDocument, size: number, rounds: number): Promise<Map<string, number>> {
  const directory = `${generatedDirectory}operations-${size}/`;
  await mkdir(directory, { recursive: true });
  await writeFile(`${directory}contract.json`, JSON.stringify(contract));
  await writeFile(`${directory}revision.json`, JSON.stringify(withOneMoreMember(contract)));
  await prepareDirectory(directory, `${directory}contract.json`);
  const times = new Map<string, number[]>(tasks.map(({ name }) => [name, []]));
  for (let round = 0; round < (size < 1_000 ? rounds : 1); round += 1) {
    for (const { name, perform } of tasks) times.get(name)?.push((await perform(directory)).seconds);
  }
  return new Map([...times].map(([name, seconds]) => [name, median(seconds)]));
}

/** The most frequent change of a contract: one more optional member. */
function withOneMoreMember(contract: ContractDocument): ContractDocument {
  const { Decision, ...others } = contract.components.schemas as Record<string, { properties?: object }>;
  const changed = { ...Decision, properties: { ...Decision?.properties, added: { type: 'string' } } };
  return { ...contract, components: { ...contract.components, schemas: { ...others, Decision: changed } } };
}

async function wholeTestRun(): Promise<ResultTable> {
  const { seconds } = await run('pnpm', ['test']);
  return {
    id: 'tests',
    title: 'The whole test run, s',
    note: 'Turbo answers from its cache what earlier runs have left there, as it does for everybody who runs the tests again.',
    header: ['', 's'],
    rows: [['pnpm test', rounded(seconds)]],
  };
}
