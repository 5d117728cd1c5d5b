import { rounded } from '../results/statistics.ts';
import type { ResultTable } from '../results/types.ts';
import type { ContenderProcess } from './process.ts';
import type { ProfiledPlace, ProfiledRound } from './protocol.ts';

/** Who is looked into, beside each other. */
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
 * Says where a call's CPU time goes, from a sampled profile: by package, and of ours by function. Sampling slows all of
 * them down: read the differences between the columns.
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
  const sums = [...rounds.values()].map(({ places, calls }) => perCall(places, calls, ({ url }) => packageOf(url)));
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

function byFunction({ places, calls }: ProfiledRound): ResultTable {
  const own = places.filter(({ url }) => packageOf(url) === '@didit-data/client');
  const times = [...perCall(own, calls, ({ functionName }) => functionName)];
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
  places: readonly ProfiledPlace[],
  calls: number,
  group: (place: ProfiledPlace) => string,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const place of places) {
    const name = group(place);
    sums.set(name, (sums.get(name) ?? 0) + place.microseconds / calls);
  }
  return sums;
}

/** Whose code it is. */
function packageOf(url: string): string {
  if (url === '') return 'V8 and native code';
  if (url.startsWith('node:internal/deps/undici')) return "Node's fetch";
  if (url.startsWith('node:')) return 'Node, other';
  if (url.includes('/packages/client/')) return '@didit-data/client';
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
  return name ?? 'the bench';
}
