import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadContract } from '../../src/document/load.ts';
import { generateTypes } from '../../src/generate/types.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'didit-types-'));
});
afterEach(() => rm(folder, { recursive: true }));

const thing = { description: 'D.', content: { 'application/json': { schema: { type: 'string' } } } };

async function typesWith(response: object): Promise<string> {
  const file = join(folder, 'contract.json');
  const paths = { '/thing': { get: { operationId: 'getThing', responses: { 200: response } } } };
  const responses = { Far: { $ref: '#/components/responses/Near' }, Near: { $ref: '#/components/responses/Thing' } };
  const components = { responses: { ...responses, Thing: thing } };
  await writeFile(file, JSON.stringify({ openapi: '3.1.0', info: { version: '1.0.0' }, paths, components }));
  return generateTypes(await loadContract(file));
}

test.each(['Far', 'Near'])('a response that refers to another one has the type of its body: %s', async (name) => {
  const types = await typesWith({ $ref: `#/components/responses/${name}` });
  expect(types).toContain(`200: components["responses"]["${name}"];`);
  const [, written = ''] = types.split(`\n        ${name}: {`);
  expect(written.slice(0, written.indexOf('\n        };'))).toContain('"application/json": string;');
});
