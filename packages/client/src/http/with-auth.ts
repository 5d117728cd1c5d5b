import { TimeoutError } from '../errors/no-response-errors.ts';
import type { WaitLimit } from './abort.ts';
import { contextOf, copyOf, type Layer, operationOf, ownCopyOf, signalOf, withContext } from './compose.ts';
import { letGo } from './read-body.ts';

/** Puts a credential on requests. */
export interface Credential {
  /**
   * Sets the header that the credential goes in.
   *
   * @param signal ends the wait for a token
   * @param limit bounds the wait for a token
   * @returns the token that was used, if any
   */
  authorize(
    headers: Headers,
    signal?: AbortSignal,
    limit?: WaitLimit,
  ): string | undefined | Promise<string | undefined>;
  /**
   * Called with a token that was refused; absent where no other is to be had.
   *
   * @param isReplacement whether it had been obtained because of a refusal, so that another will not help either
   */
  reject?(token: string, isReplacement?: boolean): void;
  /** Obtains ahead of the first call what it will need. */
  prewarm?(): Promise<unknown>;
}

/** Options of {@link withAuth}. */
export interface AuthOptions {
  /** How long a call waits for its credential, in milliseconds; the call's own limit goes before. Default: no limit. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Puts the credential on every request that does not carry an `Authorization` of its own, and on a 401 sends it once
 * more with a new token, where one is to be had. A 403 is never answered with a new token.
 *
 * @throws {TimeoutError} from the layer, when the credential is not there in time
 */
export function withAuth(credential: Credential, { timeoutMs }: AuthOptions = {}): Layer {
  return (next) => async (request, init) => {
    if (request.headers.has('authorization')) return next(request, init);
    const signal = signalOf(request, init);
    signal?.throwIfAborted();
    const again = credential.reject ? copyOf(request) : request;
    const sent = ownCopyOf(request);

    const limit = limitOf(request, timeoutMs);
    const used = await credential.authorize(sent.headers, signal, limit);
    const response = await next(sent, init);
    if (response.status !== 401 || !credential.reject || used === undefined) return response;

    credential.reject(used);
    const { attempt = 0 } = contextOf(sent);
    const resent = withContext(ownCopyOf(again), { sentBefore: attempt + 1 });
    const renewed = await credential.authorize(resent.headers, signal, limit);
    if (renewed === used) {
      credential.reject(used, true);
      return response;
    }
    letGo(response);
    const answer = await next(resent, init);
    if (answer.status === 401 && renewed !== undefined) credential.reject(renewed, true);
    return answer;
  };
}

/** How long this call waits for a token. Other calls may wait longer for the same one. */
function limitOf(request: Request, timeoutMs: number | undefined): WaitLimit | undefined {
  const ms = contextOf(request).timeoutMs ?? timeoutMs;
  if (ms === undefined) return undefined;
  const message = `The call waited for a token for ${ms} ms. Raise timeoutMs, or obtain the token ahead of the call.`;
  return { ms, error: () => new TimeoutError(ms, { message, operation: operationOf(request) }) };
}
