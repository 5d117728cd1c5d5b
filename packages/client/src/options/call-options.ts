import { must } from '../errors/options-error.ts';
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

/** The options of a call that reach the layers: no other option can go around them. */
interface CheckedCall {
  signal?: AbortSignal;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

export const callNames = namesOf<CallOptions>({ signal: true, timeoutMs: true, headers: true });

/**
 * Picks the options of a call by name, and refuses what the platform would refuse with the value in its message.
 *
 * @throws {OptionsError} when an option cannot work
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

function checkedSignal(signal: unknown): AbortSignal {
  const isController = isSignal(Object(signal).signal);
  const hint = isController ? ': pass controller.signal, not the controller' : '';
  must(isSignal(signal), 'signal', `be an AbortSignal${hint}`);
  return signal as AbortSignal;
}
