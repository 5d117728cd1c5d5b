import { fork } from 'node:child_process';
import { once } from 'node:events';

export interface Service extends AsyncDisposable {
  readonly url: string;
  /** How many tokens it has issued. */
  tokensIssued(): Promise<number>;
  /** Makes the token in use invalid. */
  revoke(): Promise<void>;
}

/** Starts the service in a process of its own on a free port of loopback. */
export async function startService(...args: readonly string[]): Promise<Service> {
  const child = fork(new URL('server.ts', import.meta.url), args);
  const [port] = await once(child, 'message');
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    async tokensIssued() {
      const response = await fetch(`${url}/control/count`);
      return ((await response.json()) as { tokensIssued: number }).tokensIssued;
    },
    async revoke() {
      await (await fetch(`${url}/control/revoke`)).arrayBuffer();
    },
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}
