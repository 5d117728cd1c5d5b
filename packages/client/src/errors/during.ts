import { DiditDataError } from './didit-data-error.ts';
import { OptionsError } from './options-error.ts';
import { copyOfError } from './response-error.ts';

/** V8, and newer versions of other engines, can write a stack into any object. */
const engine: ErrorConstructor & { captureStackTrace?(holder: object, above: unknown): void } = Error;

/** Makes the stack of an error begin where the caller called. */
export type Naming = (error: DiditDataError) => DiditDataError;

/**
 * Remembers where a call was made. An error that is created in a timer or a layer has no such frames in its stack.
 *
 * @param above the function that the caller called
 */
export function rememberCaller(above: unknown): Naming {
  const here: { stack?: unknown } = {};
  engine.captureStackTrace?.(here, above);
  return (error) => {
    const frames = typeof here.stack === 'string' ? here.stack.replace(/^.*\n?/, '') : '';
    if (frames) {
      const value = `${error.name}: ${error.message}\n${frames}`;
      Object.defineProperty(error, 'stack', { value, configurable: true, writable: true });
    }
    return error;
  };
}

/**
 * Adds to every failure the operation and the caller. Many calls may wait for one token request, so each throws a copy
 * of its error. The reason of an abort is the caller's own, and stays as it is.
 */
export async function during<Result>(
  operation: string | undefined,
  naming: Naming,
  work: () => Promise<Result>,
  signal?: AbortSignal | undefined,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isOurs = error instanceof DiditDataError && !(signal?.aborted && error === signal.reason);
    throw isOurs ? naming(ownErrorOf(error, operation)) : error;
  }
}

function ownErrorOf(error: DiditDataError, operation: string | undefined): DiditDataError {
  if (error.operation === 'issueToken') return copyOfError(error);
  const isNameless = error instanceof OptionsError && error.operation === undefined;
  return isNameless ? new OptionsError(error.message, { operation }) : error;
}
