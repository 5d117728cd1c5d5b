import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import type { Contender } from '../../peers/src/contender.ts';
import type { PartOptions, ResultTable } from '../results/types.ts';
import { startService } from '../service/service.ts';
import { fleet } from './fleet.ts';
import { makeTokenUser, tokenUsers } from './token-users.ts';

/** Token requests that the service saw, for the cases in which clients are known to make too many. */
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

/** Ten thousand calls at once need not be ten thousand sockets: many systems have no room for so many. */
function limitSockets(): Disposable {
  const before = getGlobalDispatcher();
  const limited = new Agent({ connections: 256 });
  setGlobalDispatcher(limited);
  return {
    [Symbol.dispose]() {
      setGlobalDispatcher(before);
      limited.destroy().catch(() => {}); // nothing is under way any more
    },
  };
}

async function firstCalls(id: string, calls: number): Promise<number> {
  await using service = await startService('--tokenDelayMs=20');
  const { decision } = await makeTokenUser(id, service.url);
  await Promise.all(Array.from({ length: calls }, () => decision('small')));
  return await service.tokensIssued(); // before the service ends
}

/** Calls begun together with a token that has just become invalid, refused one after another. */
async function staggered(id: string): Promise<{ renewed: number; failed: number }> {
  await using service = await startService('--tokenDelayMs=20', '--refusalGapMs=1');
  const { decision } = await makeTokenUser(id, service.url);
  await decision('small');
  const issuedBefore = await service.tokensIssued();
  await service.revoke();
  const outcomes = await Promise.all(Array.from({ length: 200 }, () => outcomeOf(decision)));
  return {
    renewed: (await service.tokensIssued()) - issuedBefore,
    failed: outcomes.filter((outcome) => outcome === 'failed').length,
  };
}

function outcomeOf(decision: Contender['decision']): Promise<'answered' | 'failed'> {
  return decision('small').then(
    () => 'answered' as const,
    () => 'failed' as const,
  );
}
