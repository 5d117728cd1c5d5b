import type { Credential } from '../auth/credentials.ts';
import { contextOf, copyOf, type Layer, signalOf, withContext } from './compose.ts';

/**
 * Puts the credential on every request that does not carry an `Authorization` of its own, and on a 401 sends it once
 * more with a new token, where one is to be had. A 403 is never answered with a new token.
 */
export function withAuth(credential: Credential): Layer {
  return (next) => async (request, init) => {
    if (request.headers.has('authorization')) return next(request, init);
    const signal = signalOf(request, init);
    signal?.throwIfAborted();
    const again = credential.reject ? copyOf(request) : request;

    const used = await credential.authorize(request.headers, signal);
    const response = await next(request, init);
    if (response.status !== 401 || !credential.reject || used === undefined) return response;

    credential.reject(used);
    const renewed = await credential.authorize(again.headers, signal);
    if (renewed === used) return response;
    const { attempt = 0 } = contextOf(request);
    return next(withContext(again, { sentBefore: attempt + 1 }), init);
  };
}
