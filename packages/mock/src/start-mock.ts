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
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const resolved = resolveOptions(options);
  let origin = '';
  const { watch, contract } = resolved;
  const startWatching = watch ? watchContract(contractPath(contract)) : undefined;
  const core = await createCore(resolved, () => origin);
  const server = await listen(core.handler, resolved);
  origin = server.url;
  let reloading = Promise.resolve();
  const onSaved = (): void => {
    reloading = reloading.then(() => reload(resolved, core)); // one after the other, so that the last one is served
  };
  const unwatch = startWatching?.(onSaved);
  const close = async (): Promise<void> => {
    unwatch?.();
    await server.close();
  };
  return Object.assign(core.mock, {
    url: server.url,
    port: server.port,
    close,
    [Symbol.asyncDispose]: close,
  });
}

/** Serves the contract as it is now, or says why it cannot be served. */
async function reload({ contract, onEvent }: ResolvedOptions, core: Core): Promise<void> {
  try {
    core.useContract(await loadContract(contractPath(contract)));
    onEvent?.({ event: 'contract-reloaded' });
  } catch (error) {
    onEvent?.({ event: 'contract-refused', message: error instanceof Error ? error.message : String(error) });
  }
}
