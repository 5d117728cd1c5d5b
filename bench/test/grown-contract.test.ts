import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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

const operationIds = ({ paths }: ContractDocument) =>
  Object.values(paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));

test.each([1, 4, 10, 101])('a contract grown to %i operations has as many, each with an id of its own', (size) => {
  const ids = operationIds(growContract(contract, size));
  expect(ids).toHaveLength(size);
  expect(new Set(ids).size).toBe(size);
});

test('a grown contract is as sound as ours, and code can be generated from it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'didit-bench-grown-'));
  try {
    await writeFile(join(directory, 'contract.json'), JSON.stringify(growContract(contract, 10)));
    await checkSoundness(join(directory, 'contract.json'));
    const files = await generate(join(directory, 'contract.json'));
    expect(files.get('validators.js')).toContain('getSessionDecisionCopy1');
    expect(files.get('openapi.ts')).toContain('DecisionCopy1');
  } finally {
    await rm(directory, { recursive: true });
  }
});
