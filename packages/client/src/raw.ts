import createOpenapiClient, { type FetchOptions } from 'openapi-fetch';
import { operations } from './generated/contract.ts';
import type { paths } from './generated/openapi.ts';
import type { CallContext, Fetch } from './http/compose.ts';
import { fillPath } from './path.ts';

/**
 * The bare typed paths. A call resolves to `{ data, error, response }`: an error status is not thrown. What is no
 * response at all, or no readable one, is thrown as the same typed errors as elsewhere.
 */
export interface RawClient {
  /** Calls a GET operation by its path in the contract. */
  GET<Path extends PathsWith<'get'>>(path: Path, init: Init<paths[Path]['get']>): Result<paths[Path]['get']>;
  /** Calls a POST operation by its path in the contract. */
  POST<Path extends PathsWith<'post'>>(path: Path, init: Init<paths[Path]['post']>): Result<paths[Path]['post']>;
}

/** openapi-fetch's options, less those that would lead around the client's layers or send credentials elsewhere. */
type Init<Operation> = Omit<FetchOptions<Operation>, 'baseUrl' | 'fetch' | 'middleware' | 'parseAs' | 'redirect'> & {
  /** Time limit of each attempt in milliseconds, overriding the client's. */
  timeoutMs?: number;
};

// openapi-fetch's own result types map over every member, and open enums do not survive that.
type PathsWith<Method extends string> = {
  [Path in keyof paths]: paths[Path] extends Record<Method, unknown> ? Path : never;
}[keyof paths];
type SuccessStatus = 200 | 201;
type ContentOf<Response> = Response extends { content: infer Content } ? Content[keyof Content] : never;
type Result<Operation> = Operation extends { responses: infer Responses }
  ? Promise<
      | { data: ContentOf<Responses[keyof Responses & SuccessStatus]>; error?: never; response: Response }
      | { data?: never; error: ContentOf<Responses[Exclude<keyof Responses, SuccessStatus>]>; response: Response }
    >
  : never;

/** The only place that touches openapi-fetch, which turns typed arguments into a `Request` and no more. */
export function createRaw(baseUrl: string, fetch: Fetch, RequestClass: typeof Request | undefined): RawClient {
  const client = createOpenapiClient<paths>({
    baseUrl,
    fetch,
    ...(RequestClass && { Request: RequestClass }),
    redirect: 'manual', // a redirect would turn a POST into a GET and could carry credentials elsewhere
    headers: { accept: 'application/json' },
  });
  return mapCalls(client as unknown as RawClient, (send, method) => (path, init = {}) => {
    const operation = operationIds.get(`${method} ${path}`) ?? `${method} ${path}`;
    const context: CallContext = { operation, route: path, callerSignal: init.signal ?? undefined };
    const filled = fillPath(path, init.params?.path ?? {}, operation);
    return send(filled, { ...init, ...context, signal: undefined, params: { ...init.params, path: undefined } });
  });
}

/** Gives `error` a message where the service sent no body, so that `if (error)` finds every failure. */
export function withErrorsNeverEmpty(raw: RawClient): RawClient {
  return mapCalls(raw, (send) => async (path, init) => {
    const outcome = await send(path, init);
    if (outcome.response.ok || outcome.error) return outcome;
    return { ...outcome, error: { message: `${outcome.response.status} without a body` } };
  });
}

interface AnyInit {
  readonly signal?: AbortSignal | null | undefined;
  readonly params?: { readonly path?: Readonly<Record<string, unknown>> | undefined };
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
