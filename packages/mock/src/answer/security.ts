import type { Operation } from '../contract/load.ts';
import { type Answer, refuse } from '../http/message.ts';
import type { MockClient } from '../service/clients.ts';
import type { TokenStore } from '../service/tokens.ts';
import { basicChallenge, checkApiKey, checkToken, parseBasic } from './oauth.ts';
import type { Call } from './operations.ts';

type Scheme = NonNullable<Operation['security']>[number][number];

/** The state of one credential of a request; an `Answer` refuses a wrong one. */
type Credential = 'right' | 'missing' | Answer;

/** Issues the credentials of Didit's API. A contract of another API has no issuer. */
export interface Issuer {
  readonly clients: readonly MockClient[];
  readonly tokens: TokenStore;
}

/** How the credentials of an operation are checked. */
export interface Security {
  /** The refusal of a request without the credentials that the contract requires. */
  check(call: Call): Answer | undefined;
  /** The statuses of its refusals. */
  readonly statuses: readonly number[];
}

const apiKeyHeader = 'x-api-key';

/**
 * Makes the check of an operation's `security`. A request must satisfy one of its alternatives completely. The first
 * alternative with a wrong credential refuses the request. The alternative `{}` makes all credentials optional.
 *
 * @param issuer for access tokens and `X-Api-Key`. Any other credential only has to be present and well formed.
 */
export function createSecurity(operation: Operation, issuer: Issuer | undefined): Security {
  const declared = operation.security ?? [];
  const alternatives = declared.filter((schemes) => schemes.length > 0);
  const isOptional = alternatives.length < declared.length;
  if (alternatives.length === 0) return { check: () => undefined, statuses: [] };

  const isOwn = issuer !== undefined && alternatives.some((schemes) => schemes.every(isIssued));
  const challenges = [...new Set(alternatives.flat().map(challengeOf))].join(', ');
  const needed = alternatives.map((schemes) => schemes.map(describe).join(' together with ')).join(', or ');
  const headers = challenges === '' ? {} : { 'www-authenticate': challenges };

  const missing = (): Answer =>
    isOwn
      ? refuse(403, 'Authentication credentials were not provided.')
      : refuse(401, `Authentication credentials were not provided. Send ${needed}.`, { headers });
  const malformed = (): Answer => refuse(401, `The credential is malformed. Send ${needed}.`, { headers });

  const credentialOf = (scheme: Scheme, call: Call): Credential => {
    const value = credentialIn(scheme, call);
    if (value === undefined) return 'missing';
    if (issuer && isIssued(scheme)) {
      const refusal = usesBearer(scheme) ? checkToken(value, issuer.tokens) : checkApiKey(value, issuer.clients);
      return refusal ?? 'right';
    }
    return isWellFormed(scheme, value) ? 'right' : malformed();
  };

  const check = (call: Call): Answer | undefined => {
    for (const schemes of alternatives) {
      const credentials = schemes.map((scheme) => credentialOf(scheme, call));
      const refusal = credentials.find((credential) => typeof credential === 'object');
      if (refusal) return refusal;
      if (!credentials.includes('missing')) return undefined;
    }
    return isOptional ? undefined : missing();
  };

  const missingStatus = isOwn ? 403 : 401;
  return { check, statuses: isOptional ? [401] : [...new Set([401, missingStatus])] };
}

/** Whether the mock issues the credentials of the scheme: access tokens, and API keys in `X-Api-Key`. */
function isIssued(scheme: Scheme): boolean {
  if (scheme.type === 'apiKey') return scheme.in === 'header' && scheme.name.toLowerCase() === apiKeyHeader;
  return usesBearer(scheme);
}

function isBasic(scheme: Scheme): boolean {
  return scheme.type === 'http' && scheme.scheme.toLowerCase() === 'basic';
}

function usesBearer(scheme: Scheme): boolean {
  if (scheme.type === 'http') return scheme.scheme.toLowerCase() === 'bearer';
  return scheme.type === 'oauth2' || scheme.type === 'openIdConnect';
}

/** The credential of a scheme in a request, without the scheme's name. */
function credentialIn(scheme: Scheme, { request, query }: Call): string | undefined {
  const { headers } = request;
  switch (scheme.type) {
    case 'apiKey':
      if (scheme.in === 'header') return headers[scheme.name.toLowerCase()] || undefined;
      if (scheme.in === 'query') return new URLSearchParams(query).get(scheme.name) || undefined;
      return cookie(headers.cookie ?? '', scheme.name);
    case 'http':
      return authorization(headers.authorization, scheme.scheme);
    case 'oauth2':
    case 'openIdConnect':
      return authorization(headers.authorization, 'bearer');
    default:
      return ''; // a client certificate, which a mock without TLS cannot see
  }
}

/** The credential in an `Authorization` header of this scheme, whose name is case-insensitive. */
function authorization(header: string | undefined, scheme: string): string | undefined {
  const [name = '', ...rest] = (header ?? '').split(' ');
  return name.toLowerCase() === scheme.toLowerCase() ? rest.join(' ').trim() : undefined;
}

function cookie(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const [key = '', ...value] = pair.split('=');
    if (key.trim() === name) return value.join('=').trim() || undefined;
  }
  return undefined;
}

function isWellFormed(scheme: Scheme, value: string): boolean {
  if (isBasic(scheme)) return parseBasic(`Basic ${value}`) !== undefined;
  if (usesBearer(scheme)) return /^\S+$/.test(value);
  return scheme.type !== 'http' || value !== '';
}

/** The scheme in `WWW-Authenticate`, which RFC 9110 requires with every 401. */
function challengeOf(scheme: Scheme): string {
  if (scheme.type === 'apiKey') return `ApiKey realm="${scheme.name.replace(/[^\w.-]/g, '')}"`;
  if (isBasic(scheme)) return basicChallenge;
  return scheme.type === 'http' && !usesBearer(scheme) ? scheme.scheme : 'Bearer';
}

function describe(scheme: Scheme): string {
  if (scheme.type === 'apiKey') return `the ${scheme.in === 'query' ? 'query parameter' : scheme.in} ${scheme.name}`;
  if (isBasic(scheme)) return 'HTTP Basic with id:secret in Base64';
  if (usesBearer(scheme)) return 'Authorization: Bearer with a token';
  return scheme.type === 'http' ? `Authorization: ${scheme.scheme}` : 'a client certificate';
}
