import { ClientClosedError } from '../errors.ts';
import { type Layer, operationOf, signalOf, withContext } from './compose.ts';
import { onAbort } from './on-abort.ts';

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
  return (next) => async (request, init) => {
    const controller = new AbortController();
    const stopClosing = endWith(closing, controller, operationOf(request));
    const caller = signalOf(request, init);
    const stopWaiting = caller && onAbort(caller, () => controller.abort(caller.reason));
    try {
      caller?.throwIfAborted();
      return await next(withContext(request, { callerSignal: controller.signal }), init);
    } finally {
      stopClosing();
      stopWaiting?.();
    }
  };
}
