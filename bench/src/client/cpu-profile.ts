import { type Profiler, Session } from 'node:inspector/promises';
import { basename } from 'node:path';
import type { ProfiledPlace } from './protocol.ts';

/** Samples the CPU while the work runs. */
export async function profiled<Result>(
  work: () => Promise<Result>,
): Promise<Result & { readonly places: readonly ProfiledPlace[] }> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  const result = await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return { ...result, places: selfTimes(profile) };
}

/** Self time by function. Waiting counts as no place at all. */
function selfTimes({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): ProfiledPlace[] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const places = new Map<string, { url: string; functionName: string; microseconds: number }>();
  for (const [index, sample] of samples.entries()) {
    const { url = '', functionName = '', lineNumber = 0 } = frames.get(sample) ?? {};
    if (functionName === '(idle)') continue;
    const name = functionName || `${basename(url)}:${lineNumber + 1}`;
    const key = `${url} ${name}`;
    const place = places.get(key) ?? { url, functionName: name, microseconds: 0 };
    place.microseconds += timeDeltas[index] ?? 0;
    places.set(key, place);
  }
  return [...places.values()];
}
