import { OptionsError } from '../errors/didit-data-error.ts';
import { checkedHeaders } from '../http/header-value.ts';
import { checkedDuration, checkNames, isSignal, namesOf } from './check.ts';

/** Options of one call. */
export interface CallOptions {
  /** Ends the whole call, retries and waits included; its own reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Time limit of each attempt, and of the wait for a token before it, in milliseconds. Default: the client's, for each
   * attempt of the call and of the token request.
   */
  readonly timeoutMs?: number | undefined;
  /** Headers to add; an `Authorization` of your own replaces the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export const callNames = namesOf<CallOptions>({ signal: true, timeoutMs: true, headers: true });
export const decisionsNames = [...callNames, 'concurrency', 'onProgress'];
export const waitNames = [...callNames, 'intervalMs', 'onStatus'];
export const createNames = ['scope', 'vendor_data'];

function checkedSignal(signal: unknown): AbortSignal {
  if (isSignal(signal)) return signal;
  const isController = isSignal(Object(signal).signal);
  throw new OptionsError(
    `\`signal\` must be an AbortSignal${isController ? ': pass controller.signal, not the controller' : ''}.`,
  );
}

/** What of a call's options goes on to the layers: nothing else can lead around them. */
export interface CheckedCall {
  signal?: AbortSignal;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

/**
 * Takes the options of a call by name, and finds what the platform would refuse with the value in its message.
 *
 * @throws {OptionsError} naming the option
 */
export function checkedCall(options: CallOptions = {}, known: readonly string[] = callNames): CheckedCall {
  checkNames(options, known);
  const { signal, headers, timeoutMs } = options;
  return {
    ...(signal !== undefined && { signal: checkedSignal(signal) }),
    ...(headers !== undefined && { headers: checkedHeaders(headers) }),
    ...(timeoutMs !== undefined && { timeoutMs: checkedDuration('timeoutMs', timeoutMs) }),
  };
}
