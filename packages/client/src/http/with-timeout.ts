import { TimeoutError } from '../errors/no-response-errors.ts';
import { onAbort } from './abort.ts';
import { contextOf, type Layer, signalOf } from './compose.ts';

/**
 * Ends an attempt that takes too long, up to the last byte of the body where a layer within reads it, even if its
 * `fetch` does not listen to its signal. The caller's own signal keeps its own reason.
 *
 * @param defaultMs time limit of an attempt in milliseconds, unless the call has its own
 * @throws {TimeoutError} from the layer
 */
export function withTimeout(defaultMs: number): Layer {
  return (next) => (request, init) =>
    new Promise((resolve, reject) => {
      const { timeoutMs = defaultMs, operation } = contextOf(request);
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

      timer = setTimeout(() => end(new TimeoutError(timeoutMs, { operation })), timeoutMs);
      stopWaiting = caller && onAbort(caller, endByCaller);
      next(request, { ...init, signal: controller.signal })
        .then(resolve, reject)
        .finally(settle);
    });
}
