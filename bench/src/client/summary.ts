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

function cells(own: readonly Round[], rounds: Rounds): Cell[] {
  const rates = own.map(callsPerSecond);
  const cpu = median(own.map(cpuOfCall));
  const heap = median(own.map(({ allocatedBytes, calls }) => allocatedBytes / calls / 1_000));
  const beside = yardsticks.flatMap((name) => {
    const others = rounds.get(name) ?? [];
    return [...spread(ratios(own, others, callsPerSecond), 2), rounded(median(ratios(own, others, cpuOfCall)), 2)];
  });
  return [...spread(rates, 0), rounded(cpu, 1), rounded(heap, 1), ...beside];
}

const callsPerSecond = ({ calls, seconds }: Round) => calls / seconds;
const cpuOfCall = ({ cpuMicroseconds, calls }: Round) => cpuMicroseconds / calls;

/** Ratios of the same round each, in which both met the same machine. */
function ratios(own: readonly Round[], others: readonly Round[], figure: (round: Round) => number): number[] {
  return own.flatMap((round, n) => {
    const other = others[n];
    return other ? [figure(round) / figure(other)] : [];
  });
}

/** Median and quartiles. */
function spread(values: readonly number[], digits: number): Cell[] {
  return [0.5, 0.25, 0.75].map((share) => rounded(quantile(values, share), digits));
}
