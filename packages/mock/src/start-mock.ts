import { contractPath, loadContract } from './contract/load.ts';
import { watchContract } from './contract/watch.ts';
import type { MockControls } from './control/controls.ts';
import { type Core, createCore } from './core.ts';
import { listen } from './http/server.ts';
import { type MockOptions, type ResolvedOptions, resolveOptions } from './options.ts';

/** A mock that is running. */
export interface Mock extends MockControls, AsyncDisposable {
  /** Base URL without a trailing slash, for example `http://127.0.0.1:4010`. */
  readonly url: string;
  readonly port: number;
  /** Finishes the requests in flight (within 5 s), then ends every connection. Can be called several times. */
  close(): Promise<void>;
}

/**
 * Starts a mock of the Auth + Data API. Two mocks share nothing.
 *
 * @throws {MockOptionsError} when an option is invalid
 * @throws {MockContractError} when the contract cannot be read
 * @throws {Error} Node's own (`code: 'EADDRINUSE'`, …), when it cannot listen
 *
 * @example
 * ```ts
 * await using mock = await startMock();
 * const didit = createClient({ baseUrl: mock.url, clientId: mock.clientId, clientSecret: mock.clientSecret });
 * ```
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const resolved = resolveOptions(options);
  let origin = '';
  const { watch, contract } = resolved;
  const startWatching = watch ? watchContract(contractPath(contract)) : undefined;
  const core = await createCore(resolved, () => origin);
  const server = await listen(core.handler, resolved);
  origin = server.url;
  let reloading = Promise.resolve();
  const unwatch = startWatching?.(() => {
    reloading = reloading.then(() => reload(resolved, core)); // one after the other, so that the last save wins
  });
  const close = async (): Promise<void> => {
    unwatch?.();
    await server.close();
  };
  return Object.assign(core.mock, { url: server.url, port: server.port, close, [Symbol.asyncDispose]: close });
}

/** Serves the contract as it is now. When it cannot be read, reports that and keeps the one before it. */
async function reload({ contract, onEvent }: ResolvedOptions, core: Core): Promise<void> {
  try {
    core.useContract(await loadContract(contractPath(contract)));
    onEvent?.({ event: 'contract-reloaded' });
  } catch (error) {
    onEvent?.({ event: 'contract-refused', message: error instanceof Error ? error.message : String(error) });
  }
}
