import type { ContenderProcess } from './process.ts';
import type { Round } from './protocol.ts';
import type { Scenario } from './scenarios.ts';

/** The rounds of every contender, in the order in which they ran. */
export type Rounds = ReadonlyMap<string, readonly Round[]>;

/**
 * Runs contenders by turns, so that whatever else the machine does falls on all of them: each round runs each one for
 * `roundMs`, in an order that rotates. The first round warms up and does not count.
 */
export async function interleavedRounds(
  contenders: readonly ContenderProcess[],
  { baseUrl, scenario, rounds, roundMs }: { baseUrl: string; scenario: Scenario; rounds: number; roundMs: number },
): Promise<Rounds> {
  const all = new Map<string, Round[]>(contenders.map(({ name }) => [name, []]));
  const order = { baseUrl, id: scenario.body, inFlight: scenario.inFlight, ms: roundMs };
  for (let round = 0; round <= rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const contender = contenders[(turn + round) % contenders.length];
      if (!contender) continue;
      const result = await contender.run(order);
      if (round > 0) all.get(contender.name)?.push(result);
    }
  }
  return all;
}
