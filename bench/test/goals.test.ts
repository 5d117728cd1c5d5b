import { expect, test } from 'vitest';
import { goalTable } from '../src/results/goals.ts';
import type { Cell, Results } from '../src/results/types.ts';

test.each([
  [8_999, 'yes'],
  [9_000, 'yes'],
  [9_001, '**no**'],
])('a bundle of %i bytes reaches its goal: %s', (bytes, reached) => {
  expect(bundleGoal(measured(bytes))?.slice(2)).toEqual([bytes, reached]);
});

test('what was not measured is not reached', () => {
  expect(bundleGoal({})?.slice(2)).toEqual([null, 'not measured']);
  expect(bundleGoal(measured(null))?.slice(2)).toEqual([null, 'not measured']);
});

function measured(bytes: Cell): Results {
  return {
    size: {
      takenOn: '2026-01-01',
      seconds: 1,
      machine: { cpu: 'a CPU', cores: 2, memoryGb: 4, system: 'linux', node: 'v24.0.0' },
      versions: {},
      tables: [{ id: 'bundles', title: 'Bundles', header: ['', 'at once, bytes'], rows: [['ours', bytes]] }],
    },
  };
}

function bundleGoal(results: Results) {
  return goalTable(results).rows.find(([name]) => String(name).startsWith('bundle'));
}
