import { ClientClosedError } from '../errors/didit-data-error.ts';
import { onAbort } from './abort.ts';
import { type Fetch, type Layer, operationOf, signalOf, withContext } from './compose.ts';

/**
 * Aborts a controller when the client is closed.
 *
 * @returns a function that ends the waiting
 * @throws {ClientClosedError} when the client has been closed
 */
export function endWith(closing: AbortSignal, controller: AbortController, operation: string): () => void {
  if (closing.aborted) throw closedError(operation);
  return onAbort(closing, () => controller.abort(closedError(operation)));
}

export function closedError(operation?: string): ClientClosedError {
  return new ClientClosedError('The client has been closed. Make another one for further calls.', { operation });
}

/**
 * Ends every call when the client is closed: its request, its waits and its timers.
 *
 * @throws {ClientClosedError} from the layer
 */
export function withClosing(closing: AbortSignal): Layer {
  onAbort(closing, () => {}); // adds the signal's one listener now, and not again with each call
  return (next) => async (request, init) => {
    const caller = signalOf(request, init);
    if (caller) return endedByBoth(next, request, init, caller, closing);
    if (closing.aborted) throw closedError(operationOf(request));
    try {
      return await next(withContext(request, { callerSignal: closing }), init);
    } catch (error) {
      throw closing.aborted && error === closing.reason ? closedError(operationOf(request)) : error;
    }
  };
}

async function endedByBoth(
  next: Fetch,
  request: Request,
  init: RequestInit | undefined,
  caller: AbortSignal,
  closing: AbortSignal,
): Promise<Response> {
  const controller = new AbortController();
  const stopClosing = endWith(closing, controller, operationOf(request));
  const stopWaiting = onAbort(caller, () => controller.abort(caller.reason));
  try {
    caller.throwIfAborted();
    return await next(withContext(request, { callerSignal: controller.signal }), init);
  } finally {
    stopClosing();
    stopWaiting();
  }
}
