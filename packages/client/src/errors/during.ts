import { DiditDataError, OptionsError } from './didit-data-error.ts';
import { copyOfError } from './response-error.ts';

/** V8's, and lately others', way to write a stack for an object. */
const engine: ErrorConstructor & { captureStackTrace?(holder: object, above: unknown): void } = Error;

/** Lets the stack of an error of ours begin where a call was made. */
export type Naming = (error: DiditDataError) => DiditDataError;

/**
 * Remembers where a call was made: an error that is made in a timer or a layer knows nothing of that, and when it comes,
 * nobody may be waiting for the call yet.
 *
 * @param above the function that the caller has called
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
 * Says of every failure which operation it was and who called. Many calls may wait for one token request, so each gets
 * an error of its own.
 */
export async function during<Result>(
  operation: string | undefined,
  naming: Naming,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DiditDataError ? naming(ownErrorOf(error, operation)) : error;
  }
}

function ownErrorOf(error: DiditDataError, operation: string | undefined): DiditDataError {
  if (error.operation === 'issueToken') return copyOfError(error);
  const isNameless = error instanceof OptionsError && error.operation === undefined;
  return isNameless ? new OptionsError(error.message, { operation }) : error;
}
