import { TimeoutError } from '../errors/no-response-errors.ts';
import { inWords } from '../errors/wording.ts';
import type { WaitLimit } from './abort.ts';
import { contextOf, copyOf, type Layer, signalOf, withContext } from './compose.ts';
import { release } from './read-body.ts';

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
   * Called with a token that the service refused; absent where there cannot be another.
   *
   * @param isReplacement whether it was obtained because of a refusal, so that another will not help either
   */
  reject?(token: string, isReplacement?: boolean): void;
  /** Obtains ahead of the first call what that call will need. */
  prewarm?(): Promise<unknown>;
}

/**
 * Puts the credential on every request that has no `Authorization` of its own. On a 401 sends it once more with a new
 * token, where there can be one. Never answers a 403 with a new token.
 *
 * @param defaultMs how long a call waits for its credential, in milliseconds, unless the call has its own limit
 * @throws {TimeoutError} from the layer, when the credential is not there in time
 */
export function withAuth(credential: Credential, defaultMs: number | undefined): Layer {
  return (next) => async (request, init) => {
    if (request.headers.has('authorization')) return next(request, init);
    const signal = signalOf(request, init);
    signal?.throwIfAborted();
    const again = credential.reject ? copyOf(request) : request;

    const limit = limitOf(request, defaultMs);
    const used = await credential.authorize(request.headers, signal, limit);
    const response = await next(request, init);
    if (response.status !== 401 || !credential.reject || used === undefined) return response;

    credential.reject(used);
    withContext(again, { sentBefore: (contextOf(request).attempt ?? 0) + 1 });
    const renewed = await credential.authorize(again.headers, signal, limit);
    if (renewed === used) {
      credential.reject(used, true);
      return response;
    }
    release(response);
    const answer = await next(again, init);
    if (answer.status === 401 && renewed !== undefined) credential.reject(renewed, true);
    return answer;
  };
}

/** How long this call waits for a token. Other calls may wait longer for the same one. */
function limitOf(request: Request, defaultMs: number | undefined): WaitLimit | undefined {
  const { timeoutMs: ms = defaultMs, operation } = contextOf(request);
  if (ms === undefined) return undefined;
  const message = `The call waited for a token for ${inWords(ms)}. Raise \`timeoutMs\`, or call prewarm() earlier.`;
  return { ms, error: () => new TimeoutError(ms, { message, operation }) };
}
