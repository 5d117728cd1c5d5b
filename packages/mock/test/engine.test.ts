import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { loadContract } from '../src/contract/load.ts';
import { createEngine } from '../src/prism/engine.ts';

const contract = createRequire(import.meta.url).resolve('@didit-data/openapi/didit-data.yaml');

test('the engine returns a copy of the example', async () => {
  const operation = (await loadContract()).find(({ iid }) => iid === 'getSessionDecision');
  if (!operation) throw new Error('No such operation');
  const engine = createEngine(() => {});
  const request = { method: 'get', url: { path: '/auth/v2/session/any/decision/' }, headers: {} } as const;
  const negotiation = () => ({ config: { dynamic: false, exampleKey: 'confirmed' }, status: undefined });
  const first = await engine.exchange(operation, request, {}, negotiation);
  Object.assign(first.body as object, { status: 'Changed' });
  const second = await engine.exchange(operation, request, {}, negotiation);
  expect(second.body).toEqual(example('decision.confirmed'));
});

function example(name: string) {
  return JSON.parse(readFileSync(join(dirname(contract), 'examples', `${name}.json`), 'utf8')).value;
}
