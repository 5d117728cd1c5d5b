import { Agent } from 'undici';
import type { Fetch } from './http/compose.ts';
import { requestClass } from './http/light-request.ts';
import { exchange } from './undici/exchange.ts';

/** Options of {@link undiciFetch}. */
export interface UndiciFetchOptions {
  /** Most connections to an origin at a time; further requests wait for one. Default: no limit, as in `fetch`. */
  readonly connections?: number | undefined;
  /** How many GET requests may be under way on one connection at a time. Default: 1, as in `fetch`. */
  readonly pipelining?: number | undefined;
  /** Whether HTTP/2 is offered where the service speaks it. Default: false, as in `fetch`. */
  readonly allowH2?: boolean | undefined;
}

/** A `fetch` with sockets of its own, and the `Request` class that is cheap to send with it. */
export interface UndiciFetch extends Fetch {
  /** `createClient` finds it here. Gives a light request in the common case, else the platform's. */
  readonly Request: typeof Request;
  /** Ends its sockets: idle ones at once, the others with their response. Nothing can be sent afterwards. */
  close(): Promise<void>;
}

/**
 * Makes a transport that costs less than the global `fetch` and otherwise does the same, except that it never follows
 * a redirect: the 3xx response is given back. Of `init` it heeds `signal` alone. It has connections of its own; no
 * global dispatcher is touched. Its responses have every member of the platform's `Response`, but are no instances of
 * it. Needs the package `undici`.
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
