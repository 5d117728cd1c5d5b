import { contextOf, type Layer } from './compose.ts';
import { type Hooks, nameOf, type RequestEvent } from './hooks.ts';
import { requestIdOf } from './response-headers.ts';

/** Calls hooks when each attempt begins and when it ends. */
export function withHooks({ onRequest, onResponse }: Pick<Hooks, 'onRequest' | 'onResponse'>): Layer {
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
  const { operation, route, attempt = 0 } = contextOf(request);
  const { protocol, hostname, port } = new URL(request.url);
  return {
    operation,
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
  return { error: nameOf(error), ...(typeof status === 'number' && { status }) };
}
