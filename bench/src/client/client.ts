import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PartOptions, ResultTable } from '../results/types.ts';
import { startService } from '../service/service.ts';
import { contenders } from './contenders.ts';
import { startContender } from './process.ts';
import { interleavedRounds } from './rounds.ts';
import { scenarios } from './scenarios.ts';
import { summarize } from './summary.ts';
import { whereTimeGoes } from './where-time-goes.ts';

/** The first token that the service issues. */
const token = 'token-1';

/** A decision call, ours with everything on, beside what users would write instead. */
export async function client({ quick }: PartOptions): Promise<readonly ResultTable[]> {
  await using http = await startService();
  await using https = await startService('--tls');
  await using trusted = await certificateFile(https.certificate ?? '');
  await using stack = new AsyncDisposableStack();
  const running = contenders.map((facts) => stack.use(startContender(facts, token, trusted.path)));

  const warmUp = { baseUrl: http.url, id: 'small', inFlight: 16, ms: quick ? 50 : 1_000 };
  for (const contender of running) await contender.run(warmUp); // until the compiler has seen what is hot

  const tables: ResultTable[] = [whatEachDoes()];
  for (const scenario of scenarios) {
    const { url: baseUrl } = scenario.protocol === 'https' ? https : http;
    const { rounds, roundMs } = quick ? { rounds: 2, roundMs: 50 } : { rounds: scenario.rounds, roundMs: 200 };
    tables.push(summarize(scenario, await interleavedRounds(running, { baseUrl, scenario, rounds, roundMs })));
  }
  const profile = await whereTimeGoes(running, { baseUrl: http.url, ms: quick ? 200 : 2_000 });
  return [...tables, ...profile];
}

async function certificateFile(certificate: string): Promise<AsyncDisposable & { readonly path: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'didit-bench-tls-'));
  const path = join(directory, 'certificate.pem');
  await writeFile(path, certificate);
  return { path, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

function whatEachDoes(): ResultTable {
  return {
    id: 'contenders',
    title: 'What each does besides the call',
    note: 'Everything that a way has of its own is switched on, and nothing is written for it by hand.',
    header: ['', 'token', 'sends again', 'time limit', 'validates'],
    rows: contenders.map(({ name, token, retry, timeLimit, validation }) => [
      name,
      token,
      retry,
      timeLimit,
      validation,
    ]),
  };
}
