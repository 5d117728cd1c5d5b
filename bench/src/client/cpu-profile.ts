import { type Profiler, Session } from 'node:inspector/promises';
import { basename } from 'node:path';
import type { ProfiledFunction } from './protocol.ts';

/** Samples the CPU while the work runs. */
export async function profiled<Result>(
  work: () => Promise<Result>,
): Promise<Result & { readonly functions: readonly ProfiledFunction[] }> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  const result = await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return { ...result, functions: selfTimes(profile) };
}

/** Self time by function, without idle time. */
function selfTimes({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): ProfiledFunction[] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const functions = new Map<string, { url: string; name: string; microseconds: number }>();
  for (const [index, sample] of samples.entries()) {
    const { url = '', functionName = '', lineNumber = 0 } = frames.get(sample) ?? {};
    if (functionName === '(idle)') continue;
    const name = functionName || `${basename(url)}:${lineNumber + 1}`;
    const key = `${url} ${name}`;
    const profiled = functions.get(key) ?? { url, name, microseconds: 0 };
    profiled.microseconds += timeDeltas[index] ?? 0;
    functions.set(key, profiled);
  }
  return [...functions.values()];
}
