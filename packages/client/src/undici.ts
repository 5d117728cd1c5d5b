import { Agent } from 'undici';
import type { Fetch } from './http/compose.ts';
import { requestClass } from './http/light-request.ts';
import { exchange } from './undici/exchange.ts';

/** Options of {@link undiciFetch}. */
export interface UndiciFetchOptions {
  /** Most connections to an origin at a time; further requests wait. Default: no limit, as in `fetch`. */
  readonly connections?: number | undefined;
  /** How many GET requests may be pending on one connection. Default: 1, as in `fetch`. */
  readonly pipelining?: number | undefined;
  /** Whether HTTP/2 is used if the service supports it. Default: false, as in `fetch`. */
  readonly allowH2?: boolean | undefined;
}

/** A `fetch` with sockets of its own, and a `Request` class that is cheap to send with it. */
export interface UndiciFetch extends Fetch {
  /** `createClient` finds it here. Creates a light request in the common case, else the platform's. */
  readonly Request: typeof Request;
  /** Closes its sockets: idle ones immediately, the others after their response. Nothing can be sent afterwards. */
  close(): Promise<void>;
}

/**
 * Creates a transport that costs less than the global `fetch` and otherwise does the same, except that it never follows
 * a redirect: it returns the 3xx response. Of `init` it uses only `signal`. It has connections of its own and does not
 * touch a global dispatcher. Its responses have every member of the platform's `Response`, but are not instances of it.
 * Needs the package `undici`.
 *
 * @example
 * const transport = undiciFetch({ connections: 64 });
 * const didit = createClient({ clientId, clientSecret, fetch: transport });
 * // at the end of the program
 * await transport.close();
 */
export function undiciFetch({ connections, pipelining, allowH2 = false }: UndiciFetchOptions = {}): UndiciFetch {
  const agent = new Agent({
    allowH2,
    ...(connections !== undefined && { connections }),
    ...(pipelining !== undefined && { pipelining }),
  });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= agent.close();
    return closed;
  };
  const fetch: Fetch = (request, init) => exchange(agent, request, init?.signal);
  return Object.assign(fetch, { Request: requestClass, close });
}
