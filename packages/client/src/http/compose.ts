/** The one shape that every layer takes and gives: the platform's `fetch`, called with a `Request`. */
export type Fetch = (request: Request, init?: RequestInit) => Promise<Response>;

/** Wraps a `fetch` in one concern. */
export type Layer = (next: Fetch) => Fetch;

/** What a call carries beside the platform's `Request`: openapi-fetch sets options that it does not know on it. */
export interface CallContext {
  /** The contract's operationId, for example `getSessionDecision`. */
  operation?: string;
  /** The operation's path template: what may be logged, since it names no session. */
  route?: string;
  /** Time limit of each attempt in milliseconds, overriding the client's. */
  timeoutMs?: number;
  /** How often the request has been sent before. Default: 0. */
  attempt?: number;
  /** How often it had been sent when it came to be sent once more, for {@link attempt} to go on from. */
  sentBefore?: number;
  /** The caller's own signal. The platform's `Request` would listen to it until it is collected itself. */
  callerSignal?: AbortSignal | undefined;
  /** What the caller gave to be sent: headers and body. Taken out of what errors quote. */
  sent?: unknown;
  /** Told when the service asked everyone to slow down, and for how long. */
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
export function withContext(request: Request, context: CallContext): Request {
  return Object.assign(request, context);
}

/** Copies a request that is to be sent more than once, with what it carries. Without a body it can be sent again as it is. */
export function copyOf(request: Request): Request {
  return request.body ? copied(request) : request;
}

function copied(request: Request): Request {
  const { operation, route, timeoutMs, attempt, sent, onThrottled } = contextOf(request);
  const callerSignal = signalOf(request);
  return Object.assign(request.clone(), { operation, route, timeoutMs, attempt, sent, onThrottled, callerSignal });
}

/** A request whose headers may be set. What the client makes, it makes for one call; any other is the caller's. */
export function ownCopyOf(request: Request): Request {
  return 'callerSignal' in request ? request : copied(request);
}

/** @returns the signal that can end a call, if it was given one */
export function signalOf(request: Request, init?: RequestInit): AbortSignal | undefined {
  if (init?.signal) return init.signal;
  return 'callerSignal' in request ? contextOf(request).callerSignal : request.signal;
}

/** @returns the operation's name for messages, or method and path where a request comes from elsewhere */
export function operationOf(request: Request): string {
  return contextOf(request).operation ?? `${request.method} ${new URL(request.url).pathname}`;
}
