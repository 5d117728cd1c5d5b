import { findFigure, type Place } from './figures.ts';
import type { Results, ResultTable } from './types.ts';

interface Goal {
  readonly promise: string;
  readonly place: Place;
  readonly wanted: number;
  readonly is: '≥' | '≤';
  readonly unit?: string;
}

const decisionCall = (inFlight: number, row: string, column: string): Place => ({
  part: 'client',
  table: `http-small-${inFlight}`,
  row,
  column,
});
const tokens = (column: string): Place => ({ part: 'auth', table: 'token-requests', row: 'ours', column });

/** What the project set out to reach, beside which what was measured stands, misses included. */
const goals: readonly Goal[] = [
  ...[1, 16, 64].map(
    (inFlight): Goal => ({
      promise: `default transport beside openapi-fetch, ${inFlight} in flight`,
      place: decisionCall(inFlight, 'ours', '× openapi-fetch'),
      wanted: 0.95,
      is: '≥',
      unit: '×',
    }),
  ),
  ...[1, 16, 64].map(
    (inFlight): Goal => ({
      promise: `undici transport beside global fetch, ${inFlight} in flight`,
      place: decisionCall(inFlight, 'ours on ./undici', '× global fetch'),
      wanted: 2,
      is: '≥',
      unit: '×',
    }),
  ),
  {
    promise: 'bundle of `createClient`, minified and gzipped, at once',
    place: { part: 'size', table: 'bundles', row: 'ours', column: 'at once, bytes' },
    wanted: 9_000,
    is: '≤',
    unit: 'bytes',
  },
  {
    promise: 'mock served, beside silent Prism: decisions a second',
    place: { part: 'mock', table: 'served', row: 'ours', column: '× silent Prism' },
    wanted: 1.8,
    is: '≥',
    unit: '×',
  },
  {
    promise: 'mock in process, beside Prism over loopback: time a call',
    place: { part: 'mock', table: 'in-process', row: 'ours in process', column: '× fewer' },
    wanted: 5,
    is: '≥',
    unit: '× less',
  },
  { promise: 'token requests of 10 000 first calls at once', place: tokens('10 000 first calls'), wanted: 1, is: '≤' },
  {
    promise: 'new tokens after 200 staggered 401s',
    place: tokens('200 staggered 401s: new tokens'),
    wanted: 1,
    is: '≤',
  },
  {
    promise: 'token requests of 8 processes that share Redis',
    place: { part: 'auth', table: 'fleet', row: 'ours, sharing Redis', column: 'token requests' },
    wanted: 1,
    is: '≤',
  },
  {
    promise: 'growth of resident memory while `decisions()` goes through a million ids',
    place: { part: 'memory', table: 'decisions', row: '1 000 000 ids', column: 'highest − lowest, MB' },
    wanted: 20,
    is: '≤',
    unit: 'MB',
  },
];

/** Goals beside what was measured. */
export function goalTable(results: Results): ResultTable {
  return {
    id: 'goals',
    title: 'Goals',
    header: ['', 'goal', 'measured', 'reached'],
    rows: goals.map(({ promise, place, wanted, is, unit = '' }) => {
      const measured = findFigure(results, place);
      const goal = `${is} ${wanted} ${unit}`.trim();
      if (typeof measured !== 'number') return [promise, goal, null, 'not measured'];
      return [promise, goal, measured, (is === '≥' ? measured >= wanted : measured <= wanted) ? 'yes' : '**no**'];
    }),
  };
}
