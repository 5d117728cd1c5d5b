import type { Credential } from '../auth/credentials.ts';
import { contextOf, copyOf, type Layer, ownCopyOf, signalOf, withContext } from './compose.ts';

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
    const sent = ownCopyOf(request);

    const used = await credential.authorize(sent.headers, signal);
    const response = await next(sent, init);
    if (response.status !== 401 || !credential.reject || used === undefined) return response;

    credential.reject(used);
    const { attempt = 0 } = contextOf(sent);
    const resent = withContext(ownCopyOf(again), { sentBefore: attempt + 1 });
    const renewed = await credential.authorize(resent.headers, signal);
    return renewed === used ? response : next(resent, init);
  };
}
