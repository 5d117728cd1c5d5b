/** The one shape of every layer: the platform's `fetch`, called with a `Request`. */
export type Fetch = (request: Request, init?: RequestInit) => Promise<Response>;

/** Wraps a `fetch` in one concern. */
export type Layer = (next: Fetch) => Fetch;

/** What a call carries beside the platform's `Request`: openapi-fetch sets options that it does not know on it. */
export interface CallContext {
  /** The contract's operationId, for example `getSessionDecision`. */
  operation: string;
  /** The operation's path template: what may be logged, since it names no session. */
  route: string;
  /** Time limit of each attempt in milliseconds, overriding the client's. */
  timeoutMs?: number;
  /** How often the request has been sent before. Default: 0. */
  attempt?: number;
  /** How often the request was sent before it came to the layer that retries, so that {@link attempt} continues. */
  sentBefore?: number;
  /** The caller's own signal. A platform's `Request` would listen to it until the request is garbage. */
  callerSignal?: AbortSignal | undefined;
  /** What the caller gave to be sent: headers and body. Removed from what errors quote. */
  sent?: unknown;
  /** Called when the service asks all calls to slow down, with the pause in milliseconds. */
  onThrottled?: (delayMs: number) => void;
}

/** Puts layers around a `fetch`; the first is the outermost. */
export function compose(fetch: Fetch, ...layers: readonly Layer[]): Fetch {
  return layers.reduceRight((next, layer) => layer(next), fetch);
}

/** @returns what the call carries beside its `Request` */
export function contextOf(request: Request): CallContext {
  return request as Request & CallContext;
}

/** Adds to what the call carries beside its `Request`. */
export function withContext(request: Request, context: Partial<CallContext>): Request {
  return Object.assign(request, context);
}

/** Copies a request that is to be sent more than once, with its context. One without a body can be sent again as it is. */
export function copyOf(request: Request): Request {
  if (!request.body) return request;
  const { operation, route, timeoutMs, attempt, sent, onThrottled, callerSignal } = contextOf(request);
  return Object.assign(request.clone(), { operation, route, timeoutMs, attempt, sent, onThrottled, callerSignal });
}

/** @returns the signal that can end a call, if there is one */
export function signalOf(request: Request, init?: RequestInit): AbortSignal | undefined {
  return init?.signal ?? contextOf(request).callerSignal;
}
