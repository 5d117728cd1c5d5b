import { rounded } from '../results/statistics.ts';
import type { ResultTable } from '../results/types.ts';
import type { ContenderProcess } from './process.ts';
import type { ProfiledFunction, ProfiledRound } from './protocol.ts';

/** The contenders that are compared. */
const profiled = [
  'global fetch',
  'openapi-fetch',
  'openapi-fetch, time limit',
  'ours',
  'undici request',
  'ours on ./undici',
];
const shownFunctions = 12;

/**
 * Samples the CPU profile of calls: time by package, and by function of ours. Sampling slows all of them down: read the
 * differences between the columns.
 */
export async function whereTimeGoes(
  contenders: readonly ContenderProcess[],
  { baseUrl, ms }: { baseUrl: string; ms: number },
): Promise<ResultTable[]> {
  const order = { baseUrl, id: 'small', inFlight: 16, ms };
  const rounds = new Map<string, ProfiledRound>();
  for (const contender of contenders) {
    if (profiled.includes(contender.name)) rounds.set(contender.name, await contender.profile(order));
  }
  const ours = rounds.get('ours');
  return [byPackage(rounds), ...(ours ? [byFunction(ours)] : [])];
}

function byPackage(rounds: ReadonlyMap<string, ProfiledRound>): ResultTable {
  const sums = [...rounds.values()].map(({ functions, calls }) =>
    perCall(functions, calls, ({ url }) => packageOf(url)),
  );
  const packages = [...new Set(sums.flatMap((sum) => [...sum.keys()]))];
  const rows = packages.map((name) => ({ name, times: sums.map((sum) => sum.get(name) ?? 0) }));
  const weight = ({ times }: { times: readonly number[] }) => Math.max(...times);
  const total = { name: 'all', times: sums.map((sum) => [...sum.values()].reduce((a, b) => a + b, 0)) };
  const shown = rows.filter((row) => weight(row) >= 0.05).sort((a, b) => weight(b) - weight(a));
  return {
    id: 'profile',
    title: 'Where the time of a call goes, µs, sampled: small body, HTTP, 16 in flight',
    note: 'Self time of the whole process by package. Sampling costs time too: read the differences.',
    header: ['', ...rounds.keys()],
    rows: [...shown, total].map(({ name, times }) => [name, ...times.map((time) => rounded(time, 1))]),
  };
}

function byFunction({ functions, calls }: ProfiledRound): ResultTable {
  const own = functions.filter(({ url }) => packageOf(url) === '@didit-data/client');
  const times = [...perCall(own, calls, ({ name }) => name)];
  return {
    id: 'profile-ours',
    title: 'Of that, in functions of ours',
    header: ['', 'µs a call'],
    rows: times
      .sort(([, a], [, b]) => b - a)
      .slice(0, shownFunctions)
      .map(([name, time]) => [`\`${name}\``, rounded(time, 2)]),
  };
}

function perCall(
  functions: readonly ProfiledFunction[],
  calls: number,
  group: (profiled: ProfiledFunction) => string,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const profiled of functions) {
    const name = group(profiled);
    sums.set(name, (sums.get(name) ?? 0) + profiled.microseconds / calls);
  }
  return sums;
}

/** @returns the package that the code belongs to */
function packageOf(url: string): string {
  if (url === '') return 'V8 and native code';
  if (url.startsWith('node:internal/deps/undici')) return "Node's fetch";
  if (url.startsWith('node:')) return 'Node, other';
  if (url.includes('/packages/client/')) return '@didit-data/client';
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
  return name ?? 'the bench';
}
