import { fork } from 'node:child_process';
import { once } from 'node:events';

export interface Service extends AsyncDisposable {
  readonly url: string;
  /** The certificate to trust; undefined without `--tls`. */
  readonly certificate: string | undefined;
  /** How many tokens it has issued. */
  tokensIssued(): Promise<number>;
  /** Makes the token in use invalid. */
  revoke(): Promise<void>;
}

/**
 * Starts the service in a process of its own on a free port of loopback.
 *
 * @param args `--tls`; `--tokenDelayMs=<n>`: how long it takes to issue a token; `--refusalGapMs=<n>`: by how much each
 * 401 comes later than the one before
 */
export async function startService(...args: readonly string[]): Promise<Service> {
  const child = fork(new URL('server.ts', import.meta.url), args);
  const ended = once(child, 'exit').then(() => {
    throw new Error('The service ended before it was ready.');
  });
  const [{ port, certificate }] = await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => {}); // from now on it may end
  const url = `${args.includes('--tls') ? 'https' : 'http'}://127.0.0.1:${port}`;
  return {
    url,
    certificate,
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
