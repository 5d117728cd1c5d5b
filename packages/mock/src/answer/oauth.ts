import type { Answer } from '../http/message.ts';
import { refuse } from '../http/message.ts';
import type { TokenStore } from '../service/tokens.ts';

/** A client that the mock knows. Its secret is also its API key. */
export interface MockClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Lifetime of its tokens in seconds. Default: 86 400, as documented. */
  readonly tokenLifetimeSeconds?: number;
}

export const defaultTokenLifetimeSeconds = 86_400;

/** RFC 6749 §5.2. */
export function oauthError(
  status: 400 | 401,
  error: 'invalid_client' | 'invalid_request' | 'unsupported_grant_type',
  description: string,
): Answer {
  return {
    status,
    headers: status === 401 ? { 'www-authenticate': 'Basic realm="didit-data-mock", charset="UTF-8"' } : {},
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

/** The client that a token request authenticates, or the refusal. */
export function authenticateClient(
  authorization: string | undefined,
  form: URLSearchParams,
  clients: readonly MockClient[],
): MockClient | Answer {
  const inBody = form.has('client_secret') || form.has('client_id');
  if (authorization === undefined || authorization === '') {
    const hint = inBody ? 'Credentials in the body are refused: ' : 'No client credentials: ';
    return oauthError(401, 'invalid_client', `${hint}send the client id and secret with HTTP Basic.`);
  }
  const basic = parseBasic(authorization);
  if (!basic) return oauthError(401, 'invalid_client', 'Authorization must be HTTP Basic with id:secret in Base64.');
  const client = clients.find(({ clientId, clientSecret }) => clientId === basic.id && clientSecret === basic.secret);
  if (!client) return oauthError(401, 'invalid_client', 'Unknown client or wrong client secret.');
  if (inBody) return oauthError(400, 'invalid_request', 'Credentials in the body are refused: HTTP Basic only.');
  return client;
}

/** What is wrong with the form of a token request, if anything. */
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
  return oauthError(400, 'invalid_request', `Parameter not allowed: ${extra}. The form is grant_type alone.`);
}

/** The documented token object. `token_type` is absent there, so it is here. */
export function tokenBody(client: MockClient, tokens: TokenStore, issuer: string, now: number): Answer {
  const lifetime = client.tokenLifetimeSeconds ?? defaultTokenLifetimeSeconds;
  const issuedAt = Math.floor(now / 1000);
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

/** The refusal of an access token, or `undefined` for one that can be used. */
export function checkToken(token: string, tokens: TokenStore): Answer | undefined {
  if (tokens.isValid(token)) return undefined;
  return refuse(401, 'The token is invalid or has expired.', {
    code: 'token_not_valid',
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  });
}

/** The refusal of an API key, or `undefined` for the secret of a client. */
export function checkApiKey(apiKey: string, clients: readonly MockClient[]): Answer | undefined {
  if (clients.some(({ clientSecret }) => clientSecret === apiKey)) return undefined;
  return refuse(401, 'The API key is not valid.', {
    code: 'invalid_api_key',
    headers: { 'www-authenticate': 'Bearer' },
  });
}
