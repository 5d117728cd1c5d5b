import { median } from './results/statistics.ts';

/** One way to do the work. */
export interface Candidate {
  readonly name: string;
  /** Makes one call. */
  call(): Promise<unknown>;
}

export interface Measured {
  readonly name: string;
  /** Median of the rounds, in calls a second. */
  readonly callsPerSecond: number;
  /** Lowest and highest round. */
  readonly spread: readonly [number, number];
  /** Median of the rounds, in microseconds of this process's CPU time a call. */
  readonly cpuMicroseconds: number;
}

interface Round {
  readonly callsPerSecond: number;
  readonly cpuMicroseconds: number;
}

/**
 * Measures candidates by turns, so that whatever else the machine does falls on all of them: each round runs each one
 * for `roundMs`, in an order that rotates. The first round warms up and does not count.
 */
export async function interleaved(
  candidates: readonly Candidate[],
  { inFlight, rounds = 9, roundMs = 400 }: { inFlight: number; rounds?: number; roundMs?: number },
): Promise<Measured[]> {
  const results = new Map<string, Round[]>(candidates.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (let turn = 0; turn < candidates.length; turn += 1) {
      const candidate = candidates[(turn + round) % candidates.length];
      if (!candidate) continue;
      const result = await run(candidate, inFlight, roundMs);
      if (round > 0) results.get(candidate.name)?.push(result);
    }
  }
  return [...results].map(([name, all]) => {
    const rates = all.map(({ callsPerSecond }) => callsPerSecond).sort((a, b) => a - b);
    return {
      name,
      callsPerSecond: median(rates),
      spread: [rates[0] ?? 0, rates.at(-1) ?? 0],
      cpuMicroseconds: median(all.map(({ cpuMicroseconds }) => cpuMicroseconds)),
    };
  });
}

async function run({ call }: Candidate, inFlight: number, ms: number): Promise<Round> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const end = startedAt + ms;
  let calls = 0;
  const worker = async () => {
    while (performance.now() < end) {
      await call();
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { callsPerSecond: calls / seconds, cpuMicroseconds: (user + system) / calls };
}
