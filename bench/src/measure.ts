import { median } from './results/statistics.ts';

/** One way to do the work. */
export interface Candidate {
  readonly name: string;
  /** Makes one call. */
  call(): Promise<unknown>;
}

/** What a round of calls took. */
export interface Round {
  readonly calls: number;
  readonly seconds: number;
  /** Of this process, user and system. */
  readonly cpuMicroseconds: number;
}

export interface Measured {
  readonly name: string;
  /** Median of the rounds. */
  readonly callsPerSecond: number;
}

/**
 * Runs candidates interleaved, so that a disturbance on the machine affects all of them: each round runs each candidate
 * once, in an order that rotates. The first round warms up and does not count.
 *
 * @returns the rounds of each candidate, by its name, in the order in which they ran
 */
export async function interleaved<Named extends { readonly name: string }, Result>(
  candidates: readonly Named[],
  rounds: number,
  runRound: (candidate: Named) => Promise<Result>,
): Promise<Map<string, Result[]>> {
  const results = new Map<string, Result[]>(candidates.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % candidates.length;
    for (const candidate of [...candidates.slice(first), ...candidates.slice(0, first)]) {
      const result = await runRound(candidate);
      if (round > 0) results.get(candidate.name)?.push(result);
    }
  }
  return results;
}

/** Measures the rate of candidates in this process, in nine rounds of 400 ms each. */
export async function rates(candidates: readonly Candidate[], inFlight: number): Promise<Measured[]> {
  const results = await interleaved(candidates, 9, ({ call }) => callFor(call, inFlight, 400));
  return [...results].map(([name, rounds]) => ({
    name,
    callsPerSecond: median(rounds.map(({ calls, seconds }) => calls / seconds)),
  }));
}

/** Makes calls for this many milliseconds, so many at a time. */
export async function callFor(call: () => Promise<unknown>, inFlight: number, ms: number): Promise<Round> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const end = startedAt + ms;
  let calls = 0;
  async function callAgain(): Promise<void> {
    while (performance.now() < end) {
      await call();
      calls += 1;
    }
  }
  await Promise.all(Array.from({ length: inFlight }, callAgain));
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { calls, seconds, cpuMicroseconds: user + system };
}
