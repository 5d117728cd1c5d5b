import createOpenapiClient, { type FetchOptions } from 'openapi-fetch';
import { OptionsError } from './errors/didit-data-error.ts';
import { during, rememberCaller } from './errors/during.ts';
import { operations } from './generated/contract.ts';
import type { paths } from './generated/openapi.ts';
import type { CallContext, Fetch } from './http/compose.ts';
import { checkedHeaders } from './http/header-value.ts';
import { fillPath } from './http/path.ts';
import { type CallOptions, callNames, checkedCall } from './options/call-options.ts';
import { checkNames } from './options/check.ts';

/**
 * The bare typed paths. A call resolves to `{ data, error, response }`: an error status is not thrown. `error` is the
 * body of the response, or `{ message }` where that is text or missing. What is no response at all, or no readable one,
 * is thrown as the same typed errors as elsewhere. The token endpoint is not among the paths: the client requests
 * tokens itself.
 */
export interface RawClient {
  /** Calls a GET operation by its path in the contract. */
  GET<Path extends PathsWith<'get'>>(path: Path, init: Init<paths[Path]['get']>): Result<paths[Path]['get']>;
  /** Calls a POST operation by its path in the contract. */
  POST<Path extends PathsWith<'post'>>(path: Path, init: Init<paths[Path]['post']>): Result<paths[Path]['post']>;
}

/** Its body is a form and its credentials are others: no call like the rest. */
const tokenPath = operations.issueToken.path;

/** Of openapi-fetch's options those that cannot lead around the client's layers or send credentials elsewhere. */
type Init<Operation> = Pick<FetchOptions<Operation>, 'params' | 'body'> & CallOptions;

// openapi-fetch's own result types map over every member, and open enums do not survive that.
type Offered = Exclude<keyof paths, typeof tokenPath>;
type PathsWith<Method extends string> = {
  [Path in Offered]: paths[Path] extends Record<Method, unknown> ? Path : never;
}[Offered];
type SuccessStatus = 200 | 201;
type ContentOf<Response> = Response extends { content: infer Content } ? Content[keyof Content] : never;
/** Never falsy, so that `if (error)` finds every failure, for the compiler too. */
type ErrorOf<Content> = Content extends object ? Content : { message: string };
type Result<Operation> = Operation extends { responses: infer Responses }
  ? Promise<
      | { data: ContentOf<Responses[keyof Responses & SuccessStatus]>; error?: never; response: Response }
      | {
          data?: never;
          error: ErrorOf<ContentOf<Responses[Exclude<keyof Responses, SuccessStatus>]>>;
          response: Response;
        }
    >
  : never;

/** The only place that touches openapi-fetch, which turns typed arguments into a `Request` and no more. */
export function createRaw(baseUrl: string, fetch: Fetch, RequestClass: typeof Request | undefined): RawClient {
  const client = createOpenapiClient<paths>({
    baseUrl,
    fetch: (request) => fetch(request).catch(boxed),
    ...(RequestClass && { Request: RequestClass }),
    redirect: 'manual', // a redirect would turn a POST into a GET and could carry credentials elsewhere
    headers: { accept: 'application/json' },
  });
  return mapCalls(client as unknown as RawClient, (send, method) => async (path, init = {}) => {
    if (path === tokenPath) throw new OptionsError('the client requests tokens itself; see prewarm');
    const operation = operationIds.get(`${method} ${String(path)}`);
    if (!operation) throw new OptionsError(`${method} ${String(path)} is no operation of the contract`);
    const { params = {}, body, onThrottled, ...options } = init;
    const { signal, headers, ...call } = checkedCall(options as CallOptions);
    const header = { ...headers, ...(params.header === undefined ? {} : checkedHeaders(params.header)) };
    const sent = [body, headers];
    const context: CallContext = {
      ...call,
      ...(onThrottled && { onThrottled }),
      operation,
      route: path,
      sent,
      callerSignal: signal,
    };
    const filled = fillPath(path, params.path ?? {}, operation);
    try {
      return await send(filled, { ...context, body, headers: header });
    } catch (error) {
      throw error instanceof Box ? error.value : error;
    }
  });
}

/** openapi-fetch passes over what is thrown if it is falsy, and a caller may abort with any reason. */
class Box {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}
function boxed(reason: unknown): never {
  throw reason || new Box(reason);
}

/**
 * The bare paths as callers get them: arguments are checked as those of the façade are, and `error` is an object also
 * where the service sent none, so that `if (error)` finds every failure.
 */
export function createPublicRaw(raw: RawClient): RawClient {
  return mapCalls(raw, (send, method) => {
    const call: Send = (path, init = {}) =>
      during(operationIds.get(`${method} ${String(path)}`), rememberCaller(call), async () => {
        checkInit(init);
        const outcome = await send(path, init);
        const { error, response } = outcome;
        if (response.ok || (typeof error === 'object' && error !== null)) return outcome;
        return { ...outcome, error: { message: String(error ?? '').trim() || `${response.status} without a body` } };
      });
    return call;
  });
}

/** @throws {OptionsError} naming what openapi-fetch would pass over or fail at */
function checkInit(init: AnyInit): void {
  checkNames(init, initNames);
  if (init.params !== undefined) checkNames(init.params, ['path', 'header', 'query', 'cookie'], 'params');
  if (init.params?.path !== undefined) checkNames(init.params.path, undefined, 'params.path');
  try {
    JSON.stringify(init.body);
  } catch {
    throw new OptionsError('`body` must be a value that JSON can express.');
  }
}

const initNames = [...callNames, 'params', 'body'];

interface AnyInit extends CallContext {
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly params?: { readonly path?: Readonly<Record<string, unknown>>; readonly header?: unknown };
}
interface Outcome {
  readonly error?: unknown;
  readonly response: Response;
}
type Send = (path: string, init?: AnyInit) => Promise<Outcome>;

/** openapi-fetch's own types say what goes in and out of a call; what lies between works on any path. */
function mapCalls(raw: RawClient, map: (send: Send, method: keyof RawClient) => Send): RawClient {
  const mapped = { GET: map(raw.GET as Send, 'GET'), POST: map(raw.POST as Send, 'POST') };
  return mapped as unknown as RawClient;
}

const operationIds: ReadonlyMap<string, string> = new Map(
  Object.entries(operations).map(([id, { method, path }]) => [`${method} ${path}`, id]),
);
