import { loadContract } from './contract.ts';
import { createHandler } from './handler.ts';
import { type MockOptions, resolveOptions } from './options.ts';
import { planOf } from './scenario.ts';
import { listen } from './server.ts';
import type { MockSession } from './session.ts';
import { SessionStore } from './sessions.ts';
import { type MockTokens, TokenStore } from './tokens.ts';

/** The sessions that were created on a mock. */
export interface MockSessions {
  /** The session with this `session_id`, to act on as the person would; `undefined` when there is none. */
  get(id: string): MockSession | undefined;
}

/** A mock that is running. */
export interface Mock extends AsyncDisposable {
  /** Base URL without a trailing slash, for example `http://127.0.0.1:4010`. */
  readonly url: string;
  readonly port: number;
  /** Id of the first client. */
  readonly clientId: string;
  /** Secret of the first client; also its API key for `X-Api-Key`. */
  readonly clientSecret: string;
  readonly sessions: MockSessions;
  readonly tokens: MockTokens;
  /** Finishes the requests in flight (for 5 s at most), then ends every connection. Can be called again. */
  close(): Promise<void>;
}

/**
 * Starts a mock of the Auth + Data API. Nothing is shared between two mocks.
 *
 * Rejects with a `MockOptionsError` for bad options, a `MockContractError` for a contract that cannot be read, and
 * Node's own error when it cannot listen (`code: 'EADDRINUSE'`).
 *
 * @example
 * await using mock = await startMock();
 * const didit = createClient({ baseUrl: mock.url, clientId: mock.clientId, clientSecret: mock.clientSecret });
 */
export const startMock = async (options: MockOptions = {}): Promise<Mock> => {
  const { port, host, client, clients, scenario, contract, now } = resolveOptions(options);
  const operations = await loadContract(contract);
  const sessions = new SessionStore(now);
  const tokens = new TokenStore(now);
  let origin = '';
  const handler = createHandler(operations, {
    clients,
    tokens,
    sessions,
    plan: planOf(scenario),
    now,
    origin: () => origin,
  });
  const server = await listen(handler, { host, port });
  origin = server.url;
  return {
    url: server.url,
    port: server.port,
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    sessions,
    tokens,
    close: server.close,
    [Symbol.asyncDispose]: server.close,
  };
};
