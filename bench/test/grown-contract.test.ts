import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, createConfig } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { checkSoundness } from '../../packages/contract/src/document/lint.ts';
import { generate } from '../../packages/contract/src/generate/generate.ts';
import { type ContractDocument, growContract } from '../src/pipeline/grown-contract.ts';

const file = fileURLToPath(import.meta.resolve('@didit-data/openapi/didit-data.yaml'));
const { bundle: bundled } = await bundle({ ref: file, config: await createConfig({}) });
const contract = bundled.parsed as ContractDocument;

test.each([1, 4, 10, 101])('a contract grown to %i operations has so many, each with its own id', (size) => {
  const ids = operationIds(growContract(contract, size));
  expect(ids).toHaveLength(size);
  expect(new Set(ids).size).toBe(size);
});

test('a grown contract is as sound as ours, and code can be generated from it', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'didit-bench-grown-'));
  const grown = join(directory.path, 'contract.json');
  await writeFile(grown, JSON.stringify(growContract(contract, 10)));
  await checkSoundness(grown);
  const files = await generate(grown);
  expect(files.get('validators.js')).toContain('getSessionDecisionCopy1');
  expect(files.get('openapi.ts')).toContain('DecisionCopy1');
});

function operationIds({ paths }: ContractDocument): string[] {
  return Object.values(paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
}
