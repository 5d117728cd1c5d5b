import { TimeoutError } from '../errors/no-response-errors.ts';
import { onAbort } from './abort.ts';
import { contextOf, type Layer, operationOf, signalOf } from './compose.ts';

/** Options of {@link withTimeout}. */
export interface TimeoutOptions {
  /** Time limit of an attempt in milliseconds, up to the last byte of the body where a layer within reads it. */
  readonly timeoutMs: number;
}

/**
 * Ends an attempt that takes too long, even one whose `fetch` does not listen to its signal. The caller's own signal
 * keeps its own reason.
 *
 * @throws {TimeoutError} from the layer
 */
export function withTimeout({ timeoutMs }: TimeoutOptions): Layer {
  return (next) => (request, init) =>
    new Promise((resolve, reject) => {
      const limit = contextOf(request).timeoutMs ?? timeoutMs;
      const caller = signalOf(request, init);
      const controller = new AbortController();
      let timer: ReturnType<typeof setTimeout> | undefined;
      let stopWaiting: (() => void) | undefined;
      const settle = () => {
        clearTimeout(timer);
        stopWaiting?.();
      };
      const end = (reason: unknown) => {
        settle();
        controller.abort(reason);
        reject(reason);
      };
      const endByCaller = () => end(caller?.reason);
      if (caller?.aborted) return endByCaller();

      timer = setTimeout(() => end(new TimeoutError(limit, { operation: operationOf(request) })), limit);
      stopWaiting = caller && onAbort(caller, endByCaller);
      const attempt = async () => next(request, { ...init, signal: controller.signal }); // it may throw instead of rejecting
      attempt().then(resolve, reject).finally(settle);
    });
}
