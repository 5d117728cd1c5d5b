import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ResultTable } from '../results/types.ts';
import { startRedis } from '../service/redis-server.ts';
import { startService } from '../service/service.ts';
import { fileOf } from './token-users.ts';

const size = 8;

/** Token requests of many processes at once, with and without a store that they share. */
export async function fleet(calls: number): Promise<ResultTable> {
  await using redis = await startRedis();
  const members = [
    ['@badgateway/oauth2-client', 'oauth2-client'],
    ['ours, each on its own', 'ours'],
    ['ours, sharing Redis', 'ours-redis'],
  ] as const;
  const rows: [string, number][] = [];
  for (const [name, id] of members) rows.push([name, await tokensOf(fileOf(id), redis.url, calls)]);
  return {
    id: 'fleet',
    title: `${size} processes, ${calls} calls each`,
    header: ['', 'token requests'],
    rows,
  };
}

async function tokensOf(file: string, redisUrl: string, calls: number): Promise<number> {
  await using service = await startService('--tokenDelayMs=20');
  const env = { ...process.env, BENCH_REDIS_URL: redisUrl };
  const children = Array.from({ length: size }, () =>
    fork(new URL('member.ts', import.meta.url), [file, service.url, String(calls)], { env }),
  );
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  if (codes.some((code) => code !== 0)) throw new Error(`a process of the fleet failed: ${file}`);
  return await service.tokensIssued(); // before the service ends
}
