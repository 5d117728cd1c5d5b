import type { IHttpRequest } from '@stoplight/prism-http';
import { parseBody } from './body.ts';
import { type Operation, operationName } from './contract.ts';
import { type Control, createControl } from './control.ts';
import { createGuard, type Guard } from './guard.ts';
import { type Answer, brokenAnswer, type Handler, type MockRequest, refuse, serialize } from './http.ts';
import { type Call, createOperations, type OperationHandler, type World } from './operations.ts';
import { negotiate, parsePrefer } from './prefer.ts';
import { createEngine, type Engine } from './prism.ts';
import { createRouter, type Match, type Router } from './router.ts';

/** An operation with all that is needed to answer it, made once. */
interface Endpoint {
  readonly operation: Operation;
  readonly guard: Guard;
  readonly handle: OperationHandler | undefined;
}

const isWellFormed = (path: string): boolean => {
  if (!path.includes('%')) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
};

const splitTarget = (target: string): { path: string; query: string } => {
  const origin = /^https?:\/\/[^/?#]*/i.exec(target)?.[0] ?? ''; // the absolute form, as sent to a proxy
  const [path = '', ...rest] = target.slice(origin.length).split('?');
  return { path: path || '/', query: rest.join('?') };
};

/** Methods with what they imply. */
const allow = (methods: Iterable<string>): string => {
  const all = new Set(methods);
  if (all.has('GET')) all.add('HEAD');
  return [...all.add('OPTIONS')].join(', ');
};

const wrongMethod = (method: string, allowed: string): Answer =>
  method === 'OPTIONS'
    ? { status: 204, headers: { allow: allowed }, body: undefined }
    : refuse(405, `Method "${method}" not allowed.`, { headers: { allow: allowed } });

const unknownPath = (router: Router, path: string): Answer => {
  const suggestion = router.suggest(path);
  return refuse(404, suggestion === undefined ? 'No such path.' : `No such path. Did you mean ${suggestion} ?`);
};

const exchange = (engine: Engine, endpoint: Endpoint, match: Match, request: MockRequest, query: string) => {
  const { operation, guard, handle } = endpoint;
  const body = parseBody(request);
  const call: Call = { request, parameters: match.parameters, body };
  const preference = parsePrefer(request.headers.prefer) ?? (handle ? undefined : {});
  const headers: Record<string, string> = { ...request.headers, 'content-length': String(request.body.length) };
  if (body.mediaType !== undefined) headers['content-type'] = body.mediaType;
  const seen = {
    method: operation.method as IHttpRequest['method'],
    url: { path: match.path, query: query === '' ? {} : Object.fromEntries(new URLSearchParams(query)) },
    headers,
    body: body.value,
  };
  return engine.exchange(operation, seen, (violations) => {
    const admission = guard(call, violations);
    if ('status' in admission) return admission;
    if (handle && !preference) return handle(call, admission.client);
    return negotiate(operation, preference ?? {}, request.headers.accept);
  });
};

/** The mock without its sockets: one request in, one answer out, never a rejection. */
export const createHandler = (operations: readonly Operation[], world: World): Handler => {
  const engine = createEngine();
  const router = createRouter(operations);
  const control: Control = createControl(world.sessions);
  const handlers = createOperations(world);
  const endpoints = new Map<Operation, Endpoint>();
  for (const operation of operations) {
    const guard = createGuard(operation, world.clients, world.tokens);
    endpoints.set(operation, { operation, guard, handle: handlers.get(operationName(operation)) });
  }

  const answer = async (request: MockRequest): Promise<Answer> => {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    if (request.target === '*') return wrongMethod(method, allow(['GET', 'POST']));
    const { path, query } = splitTarget(request.target);
    if (!isWellFormed(path)) return refuse(400, 'The path holds a malformed percent escape.');
    const own = control(path);
    if (own) return method === 'GET' ? own() : wrongMethod(method, allow(['GET']));
    const match = router.match(path);
    if (!match) return unknownPath(router, path);
    const operation = match.route.operations.get(method);
    const endpoint = operation && endpoints.get(operation);
    if (!endpoint) return wrongMethod(request.method, allow(match.route.operations.keys()));
    return exchange(engine, endpoint, match, request, query);
  };

  return async (request) => {
    try {
      return serialize(await answer(request));
    } catch (error) {
      return serialize(brokenAnswer(error));
    }
  };
};
