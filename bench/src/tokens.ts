import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createClient } from '@didit-data/client';
import { startRedis } from './redis-server.ts';
import { startService } from './service.ts';
import { table } from './table.ts';

const credentials = { clientId: 'bench', clientSecret: 'bench' };
const id = 'unique-session-identifier';

/** Token requests that the service saw, for the cases in which clients are known to make too many. */
export async function tokens(): Promise<string> {
  const rows = [
    ['10 000 first calls at once', await firstCalls(), '1'],
    ['200 staggered 401s: new tokens', await staggered(), '1'],
    ['8 processes sharing Redis, 1 000 calls each', await fleet(), '1'],
  ] as const;
  return `## Token requests\n\n${table(
    ['case', 'seen', 'goal'],
    rows.map(([name, seen, goal]) => [name, String(seen), goal]),
  )}`;
}

async function firstCalls(): Promise<number> {
  await using service = await startService('--tokenDelayMs=20');
  const didit = createClient({ ...credentials, baseUrl: service.url, timeoutMs: 120_000 });
  await Promise.all(Array.from({ length: 10_000 }, () => didit.sessions.decision(id)));
  return await service.tokensIssued(); // before the service ends
}

async function staggered(): Promise<number> {
  await using service = await startService('--tokenDelayMs=20');
  const didit = createClient({ ...credentials, baseUrl: service.url });
  await didit.sessions.decision(id);
  await service.revoke();
  const calls = Array.from({ length: 200 }, async (_, n) => {
    await new Promise((resolve) => setTimeout(resolve, n));
    return didit.sessions.decision(id);
  });
  await Promise.all(calls);
  return (await service.tokensIssued()) - 1;
}

async function fleet(): Promise<number> {
  await using service = await startService('--tokenDelayMs=20');
  await using redis = await startRedis();
  const children = Array.from({ length: 8 }, () =>
    fork(new URL('fleet-member.ts', import.meta.url), [service.url, redis.url, '1000']),
  );
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  if (codes.some((code) => code !== 0)) throw new Error('a process of the fleet failed');
  return await service.tokensIssued(); // before the service ends
}
