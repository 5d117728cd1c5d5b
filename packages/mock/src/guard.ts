import type { Operation } from './contract.ts';
import { type Answer, refuse } from './http.ts';
import { authenticateClient, checkCredential, checkTokenForm, type MockClient, oauthError } from './oauth.ts';
import type { Call } from './operations.ts';
import type { Violation } from './prism.ts';
import type { TokenStore } from './tokens.ts';
import { fieldErrors } from './violations.ts';

/** Lets a call through, with the client that it authenticates as, or refuses it. */
export type Guard = (call: Call, violations: readonly Violation[]) => Answer | { client?: MockClient };

const sessionToken = 'data-session-token';

const guardToken =
  (clients: readonly MockClient[]): Guard =>
  ({ request, body }, violations) => {
    const form = new URLSearchParams(typeof body.value === 'string' ? body.value : '');
    const client = authenticateClient(request.headers.authorization, form, clients);
    if ('status' in client) return client;
    if (body.value !== undefined && body.mediaType !== 'application/x-www-form-urlencoded') {
      return oauthError(400, 'invalid_request', 'The body must be application/x-www-form-urlencoded.');
    }
    const refusal = checkTokenForm(form);
    if (refusal) return refusal;
    const [violation] = violations;
    return violation ? oauthError(400, 'invalid_request', violation.message) : { client };
  };

const guardResource =
  (clients: readonly MockClient[], tokens: TokenStore, { credential, withSessionToken }: Needs): Guard =>
  ({ request, body }, violations) => {
    const refusal = credential ? checkCredential(request.headers, tokens, clients) : undefined;
    if (refusal) return refusal;
    if (withSessionToken && !request.headers[sessionToken]) {
      return refuse(403, 'The header Data-Session-Token was not provided.');
    }
    if (body.malformed !== undefined) return refuse(400, body.malformed);
    return violations.length > 0 ? fieldErrors(violations) : {};
  };

interface Needs {
  readonly credential: boolean;
  readonly withSessionToken: boolean;
}

/** The guard that an operation needs, by the security that its contract declares. */
export const createGuard = (operation: Operation, clients: readonly MockClient[], tokens: TokenStore): Guard => {
  const schemes = (operation.security ?? []).flat();
  if (schemes.some((scheme) => scheme.type === 'http' && scheme.scheme === 'basic')) return guardToken(clients);
  const headers = operation.request?.headers ?? [];
  return guardResource(clients, tokens, {
    credential: schemes.length > 0,
    withSessionToken: headers.some(({ name }) => name.toLowerCase() === sessionToken),
  });
};
