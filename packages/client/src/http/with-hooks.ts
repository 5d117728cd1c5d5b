import { contextOf, type Layer, operationOf } from './compose.ts';
import { type Hooks, harmless, type RequestEvent } from './hooks.ts';
import { requestIdOf } from './response-headers.ts';

/** Tells hooks when each attempt begins and how it ends. */
export function withHooks(hooks: Pick<Hooks, 'onRequest' | 'onResponse'>): Layer {
  const { onRequest, onResponse } = harmless(hooks);
  if (!onRequest && !onResponse) return (next) => next;
  return (next) => async (request, init) => {
    const event = eventOf(request);
    const startedAt = performance.now();
    onRequest?.(event);
    try {
      const response = await next(request, init);
      const requestId = requestIdOf(response);
      const durationMs = performance.now() - startedAt;
      onResponse?.({ request: event, status: response.status, durationMs, ...(requestId && { requestId }) });
      return response;
    } catch (error) {
      onResponse?.({ request: event, durationMs: performance.now() - startedAt, ...errorOf(error) });
      throw error;
    }
  };
}

function eventOf(request: Request): RequestEvent {
  const { route = '', attempt = 0 } = contextOf(request);
  const { protocol, hostname, port } = new URL(request.url);
  return {
    operation: operationOf(request),
    method: request.method,
    route,
    host: hostname,
    port: Number(port) || (protocol === 'http:' ? 80 : 443),
    attempt,
  };
}

/** A response that could not be used still had a status. */
function errorOf(error: unknown): { error: string; status?: number } {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  const name = error instanceof Error ? error.name : 'Error';
  return { error: name, ...(typeof status === 'number' && { status }) };
}
