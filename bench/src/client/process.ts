import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ContenderFacts } from './contenders.ts';
import type { ContenderRound, Order, ProfiledRound } from './protocol.ts';

/** A contender in a process of its own, which is idle between orders. */
export interface ContenderProcess extends AsyncDisposable {
  readonly name: string;
  run(order: Omit<Order, 'kind'>): Promise<ContenderRound>;
  profile(order: Omit<Order, 'kind'>): Promise<ProfiledRound>;
}

/**
 * Starts a contender.
 *
 * @param token the access token that it uses
 * @param trusted a file with the certificate that it trusts
 */
export function startContender({ id, name }: ContenderFacts, token: string, trusted: string): ContenderProcess {
  const file = fileURLToPath(new URL(`../../peers/src/contenders/${id}.ts`, import.meta.url));
  const child = fork(new URL('worker.ts', import.meta.url), [file, token], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: trusted },
    execArgv: [],
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${name} has ended. Its output above says why.`);
  });
  ended.catch(() => {}); // awaited below with each order
  const ask = async <Answer>(order: Order): Promise<Answer> => {
    const answered = once(child, 'message');
    child.send(order);
    const [answer] = await Promise.race([answered, ended]);
    return answer;
  };
  return {
    name,
    run: (order) => ask<ContenderRound>({ ...order, kind: 'run' }),
    profile: (order) => ask<ProfiledRound>({ ...order, kind: 'profile' }),
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return;
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}
