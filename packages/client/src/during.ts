import { copyOfError, DiditDataError, OptionsError } from './errors.ts';

/** V8's, and lately others', way to write a stack for an error that is there already. */
const engine: ErrorConstructor & { captureStackTrace?(holder: object, above: unknown): void } = Error;

/**
 * Says of every failure which operation it was, and begins its stack where the call was made: an error that was made in
 * a timer or a layer knows nothing of that. Many calls may wait for one token request, so each gets an error of its own.
 */
export async function during<Result>(operation: string | undefined, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DiditDataError)) throw error;
    const own =
      error instanceof OptionsError && error.operation === undefined
        ? new OptionsError(error.message, { operation })
        : error.operation === 'issueToken'
          ? copyOfError(error)
          : error;
    engine.captureStackTrace?.(own, during);
    throw own;
  }
}

/** Remembers where a call was made, for errors that come when nobody waits for that call any more. */
export function rememberCaller(above: unknown): (error: unknown) => unknown {
  const here: { stack?: unknown } = {};
  engine.captureStackTrace?.(here, above);
  return (error) => {
    const { stack } = here;
    if (error instanceof DiditDataError && typeof stack === 'string') {
      const value = `${error.name}: ${error.message}${stack.slice(stack.indexOf('\n'))}`;
      Object.defineProperty(error, 'stack', { value, configurable: true, writable: true });
    }
    return error;
  };
}
