import { median, quantile, rounded } from '../results/statistics.ts';
import type { Cell, ResultTable } from '../results/types.ts';
import { decisions } from '../service/bodies.ts';
import type { Round } from './protocol.ts';
import type { Rounds } from './rounds.ts';
import type { Scenario } from './scenarios.ts';

const yardsticks = ['global fetch', 'openapi-fetch'] as const;

const header = [
  '',
  'calls/s',
  'calls/s q1',
  'calls/s q3',
  'CPU µs a call',
  'heap kB a call',
  ...yardsticks.flatMap((name) => [`× ${name}`, `× ${name} q1`, `× ${name} q3`]),
];

/** A table of what the contenders did in a scenario: medians and quartiles of the rounds. */
export function summarize({ id, protocol, body, inFlight }: Scenario, rounds: Rounds): ResultTable {
  const kilobytes = (Buffer.byteLength(decisions[body] ?? '') / 1_000).toFixed(1);
  return {
    id,
    title: `${protocol.toUpperCase()}, body of ${kilobytes} kB, ${inFlight} in flight`,
    header,
    rows: [...rounds].map(([name, own]) => [name, ...cells(own, rounds)]),
  };
}

function cells(own: readonly Round[], rounds: Rounds): Cell[] {
  const rates = own.map(callsPerSecond);
  const cpu = median(own.map(({ cpuMicroseconds, calls }) => cpuMicroseconds / calls));
  const heap = median(own.map(({ allocatedBytes, calls }) => allocatedBytes / calls / 1_000));
  const ratios = yardsticks.map((name) => own.map((round, n) => callsPerSecond(round) / rateOf(rounds, name, n)));
  return [...spread(rates, 0), rounded(cpu, 1), rounded(heap, 1), ...ratios.flatMap((values) => spread(values, 2))];
}

/** Median and quartiles. */
function spread(values: readonly number[], digits: number): Cell[] {
  return [0.5, 0.25, 0.75].map((share) => rounded(quantile(values, share), digits));
}

const callsPerSecond = ({ calls, seconds }: Round) => calls / seconds;

/** The rate of another contender in the same round, in which both met the same machine. */
function rateOf(rounds: Rounds, name: string, round: number): number {
  const other = rounds.get(name)?.[round];
  return other ? callsPerSecond(other) : Number.NaN;
}
