import { median, quantile, rounded } from '../results/statistics.ts';
import type { Cell, ResultTable } from '../results/types.ts';
import { decisions } from '../service/bodies.ts';
import type { ContenderRound } from './protocol.ts';
import type { Scenario } from './scenarios.ts';

const yardsticks = ['global fetch', 'openapi-fetch'] as const;

/** The rounds of every contender, in the order in which they ran. */
export type Rounds = ReadonlyMap<string, readonly ContenderRound[]>;

const header = [
  '',
  'calls/s',
  'calls/s q1',
  'calls/s q3',
  'CPU µs a call',
  'heap kB a call',
  ...yardsticks.flatMap((name) => [`× ${name}`, `× ${name} q1`, `× ${name} q3`, `CPU × ${name}`]),
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

function cells(own: readonly ContenderRound[], rounds: Rounds): Cell[] {
  const rates = own.map(callsPerSecond);
  const cpu = median(own.map(cpuOfCall));
  const heap = median(own.map(({ allocatedBytes, calls }) => allocatedBytes / calls / 1_000));
  const beside = yardsticks.flatMap((name) => {
    const others = rounds.get(name) ?? [];
    return [...spread(ratios(own, others, callsPerSecond), 2), rounded(median(ratios(own, others, cpuOfCall)), 2)];
  });
  return [...spread(rates, 0), rounded(cpu, 1), rounded(heap, 1), ...beside];
}

function callsPerSecond({ calls, seconds }: ContenderRound): number {
  return calls / seconds;
}

function cpuOfCall({ cpuMicroseconds, calls }: ContenderRound): number {
  return cpuMicroseconds / calls;
}

/** Each ratio compares one round of both, in which the machine was in the same state. */
function ratios(
  own: readonly ContenderRound[],
  others: readonly ContenderRound[],
  figure: (round: ContenderRound) => number,
): number[] {
  return own.flatMap((round, n) => {
    const other = others[n];
    return other ? [figure(round) / figure(other)] : [];
  });
}

/** Median and quartiles. */
function spread(values: readonly number[], digits: number): Cell[] {
  return [0.5, 0.25, 0.75].map((share) => rounded(quantile(values, share), digits));
}
