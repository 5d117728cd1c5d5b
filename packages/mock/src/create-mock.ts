import type { MockControls } from './control/controls.ts';
import { createCore } from './core.ts';
import { MockOptionsError } from './errors.ts';
import { createFetch } from './http/fetch.ts';
import { type MockOptions, resolveOptions } from './options.ts';

/** Options of `createMock`: those of `startMock` without `port`, `host` and `watch`, and `url`. */
export interface InProcessOptions extends Omit<MockOptions, 'port' | 'host' | 'watch'> {
  /** The origin that `fetch` answers for, for example `https://api.example.com`. Default: `http://localhost`. */
  readonly url?: string | undefined;
}

/** A mock without a socket. */
export interface InProcessMock extends MockControls {
  /** The origin that `fetch` answers for. */
  readonly url: string;
  /** Like the global `fetch`, but the mock answers. A request to another origin is a `TypeError`. */
  readonly fetch: typeof globalThis.fetch;
}

/**
 * Makes a mock that answers through its own `fetch`: it has no port, and needs no `close`.
 *
 * @throws {MockOptionsError} when an option is invalid
 * @throws {MockContractError} when the contract cannot be read
 *
 * @example
 * ```ts
 * const { fetch, url, clientId, clientSecret } = await createMock();
 * const didit = createClient({ baseUrl: url, fetch, clientId, clientSecret });
 * ```
 */
export async function createMock({
  url = 'http://localhost',
  ...options
}: InProcessOptions = {}): Promise<InProcessMock> {
  const origin = originOf(url);
  const core = await createCore(resolveOptions(options), () => origin);
  return Object.assign(core.mock, { url: origin, fetch: createFetch(core.handler, origin) });
}

function originOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed && /^https?:$/.test(parsed.protocol) && `${parsed.origin}/` === parsed.href) return parsed.origin;
  throw new MockOptionsError('url must be an http or https origin, for example https://api.example.com.');
}
