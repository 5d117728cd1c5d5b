import { type Answer, refuse } from '../http/message.ts';
import { defaultTokenLifetimeSeconds, findClient, isApiKey, type MockClient } from '../service/clients.ts';
import type { TokenStore } from '../service/tokens.ts';

/** RFC 7617 §2: the value of `WWW-Authenticate`. */
export const basicChallenge = 'Basic realm="didit-data-mock", charset="UTF-8"';

/** RFC 6749 §5.2. */
export function oauthError(
  status: 400 | 401,
  error: 'invalid_client' | 'invalid_request' | 'unsupported_grant_type',
  description: string,
): Answer {
  return {
    status,
    headers: status === 401 ? { 'www-authenticate': basicChallenge } : {},
    body: { error, error_description: description },
  };
}

/** RFC 7617: the scheme in any case, `id:secret` in UTF-8, split at the first colon. */
export function parseBasic(header: string): { id: string; secret: string } | undefined {
  const encoded = /^basic +([a-z0-9+/_-]+={0,2}) *$/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/** The client that a token request authenticates as, or the refusal. */
export function authenticateClient(
  authorization: string | undefined,
  form: URLSearchParams,
  clients: readonly MockClient[],
): MockClient | Answer {
  const inBody = form.has('client_secret') || form.has('client_id');
  if (authorization === undefined || authorization === '') {
    const hint = inBody ? 'Credentials in the body are refused.' : 'No client credentials.';
    return oauthError(401, 'invalid_client', `${hint} Send the client id and secret with HTTP Basic.`);
  }
  const basic = parseBasic(authorization);
  if (!basic) return oauthError(401, 'invalid_client', 'Authorization must be HTTP Basic with id:secret in Base64.');
  const client = findClient(clients, basic.id, basic.secret);
  if (!client) return oauthError(401, 'invalid_client', 'Unknown client or wrong client secret.');
  if (inBody) return oauthError(400, 'invalid_request', 'Credentials in the body are refused. Use HTTP Basic only.');
  return client;
}

/** The refusal of an invalid form of a token request. */
export function checkTokenForm(form: URLSearchParams): Answer | undefined {
  const names = [...form.keys()];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) return oauthError(400, 'invalid_request', `Parameter sent twice: ${repeated}.`);
  const grantType = form.get('grant_type');
  if (!grantType) return oauthError(400, 'invalid_request', 'Missing parameter: grant_type.');
  if (grantType !== 'client_credentials') {
    return oauthError(400, 'unsupported_grant_type', 'The only grant type is client_credentials.');
  }
  const extra = names.find((name) => name !== 'grant_type');
  if (extra === undefined) return undefined;
  return oauthError(400, 'invalid_request', `Parameter not allowed: ${extra}. Send grant_type alone.`);
}

/** The documented token object, which has no `token_type`. */
export function tokenBody(client: MockClient, tokens: TokenStore, issuer: string, now: number): Answer {
  const lifetime = client.tokenLifetimeSeconds ?? defaultTokenLifetimeSeconds;
  const issuedAt = Math.floor(now / 1_000);
  return {
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: {
      iss: issuer,
      iat: issuedAt,
      sub: `application-of-${client.clientId}`,
      client_id: client.clientId,
      organization_id: 'didit-data-mock',
      expires_in: lifetime,
      exp: issuedAt + lifetime,
      access_token: tokens.issue(lifetime),
    },
  };
}

/** The refusal of an invalid access token. */
export function checkToken(token: string, tokens: TokenStore): Answer | undefined {
  if (tokens.isValid(token)) return undefined;
  return refuse(401, 'The token is invalid or has expired.', {
    code: 'token_not_valid',
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  });
}

/** The refusal of an API key that is not the secret of a client. */
export function checkApiKey(apiKey: string, clients: readonly MockClient[]): Answer | undefined {
  if (isApiKey(clients, apiKey)) return undefined;
  return refuse(401, 'The API key is not valid.', {
    code: 'invalid_api_key',
    headers: { 'www-authenticate': 'Bearer' },
  });
}
