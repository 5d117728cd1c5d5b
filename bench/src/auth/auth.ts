import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import type { Contender, MakeContender } from '../../peers/src/contender.ts';
import type { PartOptions, ResultTable } from '../results/types.ts';
import { startRedis } from '../service/redis-server.ts';
import { startService } from '../service/service.ts';

/** Ways to get a token, each with its file in peers/src/auth. */
const tokenUsers = [
  { id: 'documented-sample', name: "the documentation's sample" },
  { id: 'hand-written-cache', name: 'a hand-written cache' },
  { id: 'oauth2-client', name: '@badgateway/oauth2-client' },
  { id: 'ours', name: 'ours' },
] as const;

const fleetMembers = [
  { id: 'oauth2-client', name: '@badgateway/oauth2-client' },
  { id: 'ours', name: 'ours, each on its own' },
  { id: 'ours-redis', name: 'ours, sharing Redis' },
] as const;
const fleetSize = 8;

/** Counts the token requests that the service saw, in the cases in which clients often make too many. */
export async function auth({ quick }: PartOptions): Promise<readonly ResultTable[]> {
  using _fewSockets = limitSockets();
  const rows: (readonly (string | number)[])[] = [];
  for (const { id, name } of tokenUsers) {
    const { renewed, failed } = await staggered(id);
    rows.push([name, await firstCalls(id, quick ? 100 : 10_000), renewed, failed]);
  }
  const requests: ResultTable = {
    id: 'token-requests',
    title: 'Token requests of one process',
    note:
      'Of the ways to call that the client is measured beside, none has a token cache: redocly and hey-api ask a ' +
      "function for the token. What stands here is such a function with the cache that is commonly written, in redocly's " +
      "client; a package for the purpose, around global fetch; and the documentation's sample, which has none.",
    header: ['', '10 000 first calls', '200 staggered 401s: new tokens', 'and calls that failed'],
    rows,
  };
  return [requests, await fleet(quick ? 50 : 1_000)];
}

/** Lets ten thousand simultaneous calls use few sockets: many systems do not allow ten thousand. */
function limitSockets(): Disposable {
  const before = getGlobalDispatcher();
  const limited = new Agent({ connections: 256 });
  setGlobalDispatcher(limited);
  return {
    [Symbol.dispose]() {
      setGlobalDispatcher(before);
      limited.destroy().catch(() => {}); // all calls have ended
    },
  };
}

async function firstCalls(id: string, calls: number): Promise<number> {
  await using service = await startService('--tokenDelayMs=20');
  const { decision } = await makeTokenUser(id, service.url);
  await Promise.all(Array.from({ length: calls }, () => decision('small')));
  return await service.tokensIssued(); // before the service ends
}

/** Begins calls together with a token that has just become invalid. The service refuses them one after another. */
async function staggered(id: string): Promise<{ renewed: number; failed: number }> {
  await using service = await startService('--tokenDelayMs=20', '--refusalGapMs=1');
  const { decision } = await makeTokenUser(id, service.url);
  await decision('small');
  const issuedBefore = await service.tokensIssued();
  await service.revoke();
  const calls = await Promise.allSettled(Array.from({ length: 200 }, () => decision('small')));
  return {
    renewed: (await service.tokensIssued()) - issuedBefore,
    failed: calls.filter(({ status }) => status === 'rejected').length,
  };
}

/** Counts the token requests of many processes, with and without a store that they share. */
async function fleet(calls: number): Promise<ResultTable> {
  await using redis = await startRedis();
  const rows: [string, number][] = [];
  for (const { id, name } of fleetMembers) rows.push([name, await tokensOfFleet(fileOf(id), redis.url, calls)]);
  return {
    id: 'fleet',
    title: `${fleetSize} processes, ${calls} calls each`,
    header: ['', 'token requests'],
    rows,
  };
}

async function tokensOfFleet(file: string, redisUrl: string, calls: number): Promise<number> {
  await using service = await startService('--tokenDelayMs=20');
  const env = { ...process.env, BENCH_REDIS_URL: redisUrl };
  const children = Array.from({ length: fleetSize }, () =>
    fork(new URL('member.ts', import.meta.url), [file, service.url, String(calls)], { env }),
  );
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  if (codes.some((code) => code !== 0)) throw new Error(`A process of the fleet failed: ${file}`);
  return await service.tokensIssued(); // before the service ends
}

/** Makes a token user in this process. */
async function makeTokenUser(id: string, baseUrl: string): Promise<Contender> {
  const { contender }: { contender: MakeContender } = await import(fileOf(id));
  return contender({ baseUrl, token: '' });
}

function fileOf(id: string): string {
  return fileURLToPath(new URL(`../../peers/src/auth/${id}.ts`, import.meta.url));
}
