import { type FigureAddress, findFigure } from './figures.ts';
import type { Results, ResultTable } from './types.ts';

interface Goal {
  readonly promise: string;
  readonly at: FigureAddress;
  readonly wanted: number;
  readonly is: '≥' | '≤';
  readonly unit?: string;
}

/** What the project wants to reach. */
const goals: readonly Goal[] = [
  ...[1, 16, 64].map(
    (inFlight): Goal => ({
      promise: `default transport beside openapi-fetch, ${inFlight} in flight`,
      at: decisionCall(inFlight, 'ours', '× openapi-fetch'),
      wanted: 0.95,
      is: '≥',
      unit: '×',
    }),
  ),
  ...[1, 16, 64].map(
    (inFlight): Goal => ({
      promise: `undici transport beside global fetch, ${inFlight} in flight`,
      at: decisionCall(inFlight, 'ours on ./undici', '× global fetch'),
      wanted: 2,
      is: '≥',
      unit: '×',
    }),
  ),
  {
    promise: 'bundle of `createClient`, minified and gzipped, at once',
    at: { part: 'size', table: 'bundles', row: 'ours', column: 'at once, bytes' },
    wanted: 9_000,
    is: '≤',
    unit: 'bytes',
  },
  {
    promise: 'mock served, beside silent Prism: decisions a second',
    at: { part: 'mock', table: 'served', row: 'ours', column: '× silent Prism' },
    wanted: 1.8,
    is: '≥',
    unit: '×',
  },
  {
    promise: 'mock in process, beside Prism over loopback: time a call',
    at: { part: 'mock', table: 'in-process', row: 'ours in process', column: '× fewer' },
    wanted: 5,
    is: '≥',
    unit: '× less',
  },
  { promise: 'token requests of 10 000 first calls at once', at: tokens('10 000 first calls'), wanted: 1, is: '≤' },
  {
    promise: 'new tokens after 200 staggered 401s',
    at: tokens('200 staggered 401s: new tokens'),
    wanted: 1,
    is: '≤',
  },
  {
    promise: 'token requests of 8 processes that share Redis',
    at: { part: 'auth', table: 'fleet', row: 'ours, sharing Redis', column: 'token requests' },
    wanted: 1,
    is: '≤',
  },
  {
    promise: 'growth of resident memory while `decisions()` goes through a million ids',
    at: { part: 'memory', table: 'decisions', row: '1 000 000 ids', column: 'highest − lowest, MB' },
    wanted: 20,
    is: '≤',
    unit: 'MB',
  },
];

/** Goals beside the measured figures, misses included. */
export function goalTable(results: Results): ResultTable {
  return {
    id: 'goals',
    title: 'Goals',
    header: ['', 'goal', 'measured', 'reached'],
    rows: goals.map(({ promise, at, wanted, is, unit = '' }) => {
      const measured = findFigure(results, at);
      const goal = `${is} ${wanted} ${unit}`.trim();
      if (typeof measured !== 'number') return [promise, goal, null, 'not measured'];
      return [promise, goal, measured, (is === '≥' ? measured >= wanted : measured <= wanted) ? 'yes' : '**no**'];
    }),
  };
}

function decisionCall(inFlight: number, row: string, column: string): FigureAddress {
  return { part: 'client', table: `http-small-${inFlight}`, row, column };
}

function tokens(column: string): FigureAddress {
  return { part: 'auth', table: 'token-requests', row: 'ours', column };
}
