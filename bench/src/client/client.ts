import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleaved } from '../measure.ts';
import type { PartOptions, ResultTable } from '../results/types.ts';
import { startService } from '../service/service.ts';
import { contenders } from './contenders.ts';
import { startContender } from './process.ts';
import { scenarios } from './scenarios.ts';
import { summarize } from './summary.ts';
import { whereTimeGoes } from './where-time-goes.ts';

/** The first token that the service issues. */
const token = 'token-1';

/** Compares a decision call of ours, with everything switched on, with what users would write instead. */
export async function client({ quick }: PartOptions): Promise<readonly ResultTable[]> {
  await using http = await startService();
  await using https = await startService('--tls');
  await using directory = await mkdtempDisposable(join(tmpdir(), 'didit-bench-tls-'));
  const trusted = join(directory.path, 'certificate.pem');
  await writeFile(trusted, https.certificate ?? '');
  await using stack = new AsyncDisposableStack();
  const running = contenders.map((facts) => stack.use(startContender(facts, token, trusted)));

  const warmUp = { baseUrl: http.url, id: 'small', inFlight: 16, ms: quick ? 50 : 1_000 };
  for (const contender of running) await contender.run(warmUp); // until the compiler has optimised the hot code

  const tables: ResultTable[] = [whatEachDoes()];
  for (const scenario of scenarios) {
    const { url: baseUrl } = scenario.protocol === 'https' ? https : http;
    const order = { baseUrl, id: scenario.body, inFlight: scenario.inFlight, ms: quick ? 50 : 200 };
    const rounds = await interleaved(running, quick ? 2 : scenario.rounds, (contender) => contender.run(order));
    tables.push(summarize(scenario, rounds));
  }
  const profile = await whereTimeGoes(running, { baseUrl: http.url, ms: quick ? 200 : 2_000 });
  return [...tables, ...profile];
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
