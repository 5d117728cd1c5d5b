import createOpenapiClient, { type FetchOptions } from 'openapi-fetch';
import { during, rememberCaller } from './errors/during.ts';
import { must, OptionsError } from './errors/options-error.ts';
import { operations } from './generated/contract.ts';
import type { paths } from './generated/openapi.ts';
import type { CallContext, Fetch } from './http/compose.ts';
import { checkedHeaders } from './http/header-value.ts';
import { type CallOptions, callNames, checkedCall } from './options/call-options.ts';
import { checkNames } from './options/check.ts';

/**
 * Every path of the contract except the token's, with types. A call resolves to `{ data, error, response }`: an error
 * status is not thrown. `error` is the body of the response, or `{ message }` where that is text or missing. A missing
 * or unreadable response is thrown as a typed error, as elsewhere. The client requests tokens itself.
 */
export interface RawClient {
  /** Calls a GET operation by its path in the contract. */
  GET<Path extends PathsWith<'get'>>(path: Path, init: Init<paths[Path]['get']>): Result<paths[Path]['get']>;
  /** Calls a POST operation by its path in the contract. */
  POST<Path extends PathsWith<'post'>>(path: Path, init: Init<paths[Path]['post']>): Result<paths[Path]['post']>;
}

const operationIds: ReadonlyMap<string, string> = new Map(
  Object.entries(operations).map(([id, { method, path }]) => [`${method} ${path}`, id]),
);

/** The one operation with a form as body and other credentials. */
const tokenPath = operations.issueToken.path;

/** The options of openapi-fetch that cannot go around the client's layers or send credentials elsewhere. */
type Init<Operation> = Pick<FetchOptions<Operation>, 'params' | 'body'> & CallOptions;

// openapi-fetch's own result types map over every member, and lose open enums by that.
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

/** The only place that uses openapi-fetch: it turns typed arguments into a `Request`. */
export function createRaw(baseUrl: string, fetch: Fetch, RequestClass: typeof Request | undefined): RawClient {
  const client = createOpenapiClient<paths>({
    baseUrl,
    fetch: (request) => fetch(request).catch(boxed),
    ...(RequestClass && { Request: RequestClass }),
    redirect: 'manual', // a redirect would turn a POST into a GET and could carry credentials elsewhere
    headers: { accept: 'application/json' },
  });
  return mapCalls(client as unknown as RawClient, (send, method) => async (path, init = {}) => {
    if (path === tokenPath) throw new OptionsError('The client requests tokens itself. See prewarm().');
    const operation = operationIds.get(`${method} ${path}`);
    if (!operation) throw new OptionsError(`${method} ${String(path)} is not an operation of the contract.`);
    const { params = {}, body, onThrottled, ...options } = init;
    const { signal, headers, ...call } = checkedCall(options as CallOptions);
    const header = { ...headers, ...(params.header === undefined ? {} : checkedHeaders(params.header)) };
    const context: CallContext = {
      ...call,
      ...(onThrottled && { onThrottled }),
      operation,
      route: path,
      sent: [body, headers],
      callerSignal: signal,
    };
    try {
      return await send(fillPath(path, params.path ?? {}), { ...context, body, headers: header });
    } catch (error) {
      throw error instanceof Box ? error.value : error;
    }
  });
}

/** openapi-fetch ignores a falsy error, and a caller may abort with any reason. */
class Box {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/**
 * The bare paths for callers: arguments are checked as in the façade, and `error` is an object even if the service sent
 * none, so that `if (error)` finds every failure.
 */
export function createPublicRaw(raw: RawClient): RawClient {
  return mapCalls(raw, (send, method) => {
    const call: Send = async (path, init = {}) =>
      during(
        typeof path === 'string' ? operationIds.get(`${method} ${path}`) : undefined,
        rememberCaller(call),
        async () => {
          must(typeof path === 'string', 'path', 'be a path of the contract');
          checkInit(method, path, init);
          const answered = await send(path, init);
          const { error, response } = answered;
          if (response.ok || (typeof error === 'object' && error !== null)) return answered;
          return { ...answered, error: { message: String(error ?? '').trim() || `${response.status} without a body` } };
        },
        init?.signal,
      );
    return call;
  });
}

const initNames = [...callNames, 'params', 'body'];

interface AnyInit extends Partial<CallContext> {
  readonly signal?: AbortSignal;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly params?: { readonly path?: Readonly<Record<string, unknown>>; readonly header?: unknown };
}
interface Answered {
  readonly error?: unknown;
  readonly response: Response;
}
type Send = (path: string, init?: AnyInit) => Promise<Answered>;

function boxed(reason: unknown): never {
  throw reason || new Box(reason);
}

/** @throws {OptionsError} naming what openapi-fetch would ignore or fail at */
function checkInit(method: string, path: string, init: AnyInit): void {
  checkNames(init, initNames);
  const { params, body } = init;
  if (params !== undefined) checkNames(params, ['path', 'header'], 'params');
  const names = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
  if (params?.path !== undefined) checkNames(params.path, names, 'params.path');
  must(method !== 'GET' || body === undefined, 'body', 'be left out of a GET');
  must(body === undefined || isJsonObject(body), 'body', 'be an object that JSON can express');
}

/** openapi-fetch would send other objects as something else than JSON, and what JSON cannot express as nothing. */
function isJsonObject(body: unknown): boolean {
  try {
    return /^\{/.test(JSON.stringify(body)) && Object.prototype.toString.call(body) === '[object Object]';
  } catch {
    return false;
  }
}

/** The types of openapi-fetch describe what enters and leaves a call; the code between works on any path. */
function mapCalls(raw: RawClient, map: (send: Send, method: keyof RawClient) => Send): RawClient {
  const mapped = { GET: map(raw.GET as Send, 'GET'), POST: map(raw.POST as Send, 'POST') };
  return mapped as unknown as RawClient;
}

/**
 * Fills a path template. Values are percent-encoded and cannot leave their segment: an empty one, `.`, `..` and
 * anything with a slash or backslash is refused, because servers and proxies resolve these even when encoded.
 *
 * @throws {OptionsError} naming the parameter
 */
function fillPath(template: string, parameters: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = parameters[name];
    must(typeof value === 'string', name, `be a string, not ${value === null ? 'null' : typeof value}`);
    must(value !== '', name, 'not be empty');
    must(!/^\.\.?$|[/\\]/.test(value), name, 'not be "." or ".." or contain a slash');
    must(!/\p{Surrogate}/u.test(value), name, 'be well-formed Unicode');
    return encodeURIComponent(value);
  });
}
