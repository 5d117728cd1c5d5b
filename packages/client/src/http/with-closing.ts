import { ClientClosedError } from '../errors/no-response-errors.ts';
import { onAbort } from './abort.ts';
import { contextOf, type Fetch, type Layer, signalOf, withContext } from './compose.ts';

/**
 * Aborts a controller when the client is closed, or when the caller aborts, with the caller's own reason.
 *
 * @returns a function that ends the waiting
 * @throws {ClientClosedError} when the client has been closed
 * @throws the caller's reason, when the caller has aborted
 */
export function endWith(
  closing: AbortSignal,
  caller: AbortSignal | undefined,
  controller: AbortController,
  operation: string,
): () => void {
  if (closing.aborted) throw closedError(operation);
  caller?.throwIfAborted();
  const stopClosing = onAbort(closing, () => controller.abort(closedError(operation)));
  const stopWaiting = caller && onAbort(caller, () => controller.abort(caller.reason));
  return () => {
    stopClosing();
    stopWaiting?.();
  };
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
    const { operation } = contextOf(request);
    const caller = signalOf(request, init);
    if (caller) return endedByBoth(next, request, init, caller, closing);
    if (closing.aborted) throw closedError(operation);
    try {
      return await next(withContext(request, { callerSignal: closing }), init);
    } catch (error) {
      throw closing.aborted && error === closing.reason ? closedError(operation) : error;
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
  const stop = endWith(closing, caller, controller, contextOf(request).operation);
  try {
    return await next(withContext(request, { callerSignal: controller.signal }), init);
  } finally {
    stop();
  }
}
