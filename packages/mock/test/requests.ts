import fc from 'fast-check';
import { basic } from './helpers.ts';

/** Sessions and credentials that exist on the mock to which generated requests are sent. */
export interface Known {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly colonClientId: string;
  readonly colonClientSecret: string;
  readonly accessToken: string;
  /** By scenario: the id and the session token. */
  readonly sessions: Readonly<Record<string, { readonly id: string; readonly token: string }>>;
}

type OperationId = 'issueToken' | 'createSession' | 'getSessionStatus' | 'getSessionDecision';

/** A value for a part of a request, with a name that explains differences. */
interface Part {
  readonly kind: string;
  readonly value: string | undefined;
}

/** A generated request, and what is known about it. */
export interface Generated {
  readonly operation: OperationId;
  readonly session: Part;
  readonly path: Part;
  readonly query: string;
  readonly method: Part;
  readonly credential: { readonly kind: string; readonly headers: Readonly<Record<string, string>> };
  readonly sessionToken: Part;
  readonly type: Part;
  readonly body: Part;
  readonly accept: Part;
  readonly prefer: Part;
}

const right: Readonly<Record<OperationId, (id: string) => string>> = {
  issueToken: () => '/auth/v2/token/',
  createSession: () => '/auth/v2/session',
  getSessionStatus: (id) => `/auth/v2/session/${id}/status/`,
  getSessionDecision: (id) => `/auth/v2/session/${id}/decision/`,
};

type Credential = Generated['credential'];

const scopes = fc
  .uniqueArray(fc.constantFrom('names', 'email', 'phone', 'picture', 'pictures', 'is_over_18', 'gender', 'shoe_size'), {
    minLength: 1,
  })
  .map((list) => list.join(' '));

const tokenBody: fc.Arbitrary<Part> = mostly(
  10,
  constant('right', 'grant_type=client_credentials'),
  fc
    .constantFrom('password', 'refresh_token', 'CLIENT_CREDENTIALS')
    .map((grant) => part('other-grant', `grant_type=${grant}`)),
  constant('no-grant', 'scope=a'),
  constant('empty', ''),
  constant('repeated', 'grant_type=client_credentials&grant_type=client_credentials'),
  constant('more', 'grant_type=client_credentials&scope=names'),
  constant('credentials', 'grant_type=client_credentials&client_id=a&client_secret=b'),
  constant('bad-escape', '%zz=client_credentials'),
  constant('json', '{"grant_type":"client_credentials"}'),
  fc.string().map((text) => part('text', text)),
);

const sessionBody: fc.Arbitrary<Part> = mostly(
  10,
  scopes.map((scope) => json('right', { scope })),
  fc.tuple(scopes, fc.string()).map(([scope, text]) => json('right', { scope, vendor_data: `user ${text}` })),
  fc
    .tuple(scopes, fc.constantFrom('declined', 'pending:3', '503', '429:2'))
    .map(([scope, name]) => json('right', { scope, vendor_data: `mock:${name}` })),
  fc
    .tuple(scopes, fc.constantFrom('', 'nope', '200', 'fewer:bank_account'))
    .map(([scope, name]) => json('unknown-scenario', { scope, vendor_data: `mock:${name}` })),
  fc.constantFrom(' ', '\t', '\n  ').map((scope) => json('blank-scope', { scope })),
  constant('invalid', '{}'),
  constant('invalid', '{"scope":""}'),
  fc.jsonValue().map((value) => json('invalid', value)),
  fc.tuple(scopes, fc.jsonValue()).map(([scope, value]) => {
    return json(typeof value === 'string' ? 'right' : 'invalid', {
      scope,
      vendor_data: typeof value === 'string' ? '' : value,
    });
  }),
  fc
    .constantFrom('{', '{"scope":}', 'names', "{'scope':'names'}", '{"scope":"names",}')
    .map((text) => part('malformed', text)),
  constant('empty', ''),
);

const noBody: fc.Arbitrary<Part> = mostly(
  20,
  constant('empty', ''),
  constant('unasked', '{}'),
  constant('malformed', '{'),
);

const accept: fc.Arbitrary<Part> = mostly(
  16,
  constant('none'),
  fc.constantFrom('application/json', '*/*', 'application/json;q=0.9, text/html').map((text) => part('json', text)),
  fc.constantFrom('text/html', 'application/xml', 'image/*').map((text) => part('other', text)),
  fc.constantFrom('nonsense', ';;;').map((text) => part('malformed', text)),
);

const examples: Readonly<Record<OperationId, string[]>> = {
  issueToken: ['bearer', 'minimal'],
  createSession: ['created'],
  getSessionStatus: ['retrieved', 'unknown'],
  getSessionDecision: ['declined', 'confirmed-fewer-scopes', 'minimal'],
};

/** Requests to all four operations. Most parts are valid, and each part is sometimes invalid. */
export function generatedRequest(known: Known): fc.Arbitrary<Generated> {
  return fc
    .tuple(
      fc.constantFrom<OperationId[]>('issueToken', 'createSession', 'getSessionStatus', 'getSessionDecision'),
      session(known),
    )
    .chain(([operation, chosen]) => {
      const needsSession = operation === 'getSessionStatus' || operation === 'getSessionDecision';
      return requestOf(known, operation, needsSession ? chosen : part('none', ''));
    });
}

/** The headers of a request, for Prism and the mock. */
export function headersOf({ credential, sessionToken, type, body, accept, prefer }: Generated): Record<string, string> {
  const headers: Record<string, string | undefined> = {
    ...credential.headers,
    'data-session-token': sessionToken.value,
    'content-type': type.value,
    'content-length': body.value ? String(Buffer.byteLength(body.value)) : undefined,
    accept: accept.value,
    prefer: prefer.value,
  };
  const sent = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(sent);
}

function part(kind: string, value?: string): Part {
  return { kind, value };
}

/** Chooses mostly the first value, so that most requests pass the first check. */
function mostly<T>(weight: number, usual: fc.Arbitrary<T>, ...others: fc.Arbitrary<T>[]): fc.Arbitrary<T> {
  return fc.oneof({ weight, arbitrary: usual }, ...others.map((arbitrary) => ({ weight: 1, arbitrary })));
}

function constant(kind: string, value?: string): fc.Arbitrary<Part> {
  return fc.constant(part(kind, value));
}

function session({ sessions }: Known): fc.Arbitrary<Part> {
  return mostly(
    6,
    fc.constantFrom(...Object.entries(sessions).map(([scenario, { id }]) => part(scenario, id))),
    constant('unknown', 'nobody'),
    fc
      .string({ unit: 'binary', minLength: 1, maxLength: 12 })
      .map((text) => part('unknown', encodeURIComponent(text).replaceAll('.', '%2E'))),
    fc.constantFrom('%zz', '%', '%E0%A4%A').map((text) => part('bad-escape', text)),
  );
}

function path(operation: OperationId, id: string): fc.Arbitrary<Part> {
  const usual = right[operation](id);
  const noSlash = usual.replace(/\/$/, '');
  const drifted = operation === 'createSession' ? [`${usual}//`, `/${usual}`] : [noSlash, `${usual}/`, `/${usual}`];
  return mostly(
    14,
    constant('right', usual),
    ...(operation === 'createSession' ? [constant('second-form', `${usual}/`)] : []),
    fc.constantFrom(...drifted).map((text) => part('slash-drift', text)),
    fc.constantFrom('/', '/auth/v3/token/', `${noSlash}/more/`, '/AUTH/V2/TOKEN/').map((text) => part('unknown', text)),
  );
}

function method(usual: 'GET' | 'POST'): fc.Arbitrary<Part> {
  return mostly(
    16,
    constant('right', usual),
    constant(usual === 'GET' ? 'head' : 'wrong', 'HEAD'),
    constant('options', 'OPTIONS'),
    fc.constantFrom('PUT', 'DELETE', 'PATCH', usual === 'GET' ? 'POST' : 'GET').map((text) => part('wrong', text)),
  );
}

function authorization(kind: string, value: string): Credential {
  return { kind, headers: { authorization: value } };
}

function clientCredential(known: Known): fc.Arbitrary<Credential> {
  return mostly(
    14,
    fc.constant(authorization('right', basic(known.clientId, known.clientSecret))),
    fc.constant(authorization('right-with-colon', basic(known.colonClientId, known.colonClientSecret))),
    fc.constantFrom('basic', 'BASIC').map((scheme) => {
      return authorization('right-in-another-case', basic(known.clientId, known.clientSecret, scheme));
    }),
    fc.constant({ kind: 'missing', headers: {} }),
    fc.constant(authorization('empty', '')),
    fc.string().map((secret) => authorization('wrong', basic(known.clientId, `not ${secret}`))),
    fc.string().map((id) => authorization('wrong', basic(`not ${id}`, known.clientSecret))),
    fc
      .constantFrom('Basic', 'Basic ', 'Basic !', `Basic ${btoa('no-colon')}`)
      .map((text) => authorization('malformed', text)),
    fc.constant(authorization('other-scheme', `Bearer ${known.accessToken}`)),
    fc.constant({ kind: 'other-scheme', headers: { 'x-api-key': known.clientSecret } }),
  );
}

function resourceCredential(known: Known): fc.Arbitrary<Credential> {
  return mostly(
    7,
    fc.constant(authorization('right', `Bearer ${known.accessToken}`)),
    fc.constant({ kind: 'right', headers: { 'x-api-key': known.clientSecret } }),
    fc.constant({ kind: 'right', headers: { 'x-api-key': known.colonClientSecret } }),
    fc
      .constantFrom('bearer', 'BEARER')
      .map((scheme) => authorization('right-in-another-case', `${scheme} ${known.accessToken}`)),
    fc.constant({ kind: 'missing', headers: {} }),
    fc.constant({ kind: 'missing', headers: { 'x-api-key': '' } }),
    fc.constantFrom('Bearer', 'Bearer ').map((text) => authorization('malformed', text)),
    fc.string({ minLength: 1 }).map((token) => authorization('wrong', `Bearer not ${token}`)),
    fc.string().map((key) => ({ kind: 'wrong', headers: { 'x-api-key': `not ${key}` } })),
    fc.constant({ kind: 'wrong', headers: { authorization: 'Bearer wrong', 'x-api-key': known.clientSecret } }),
    fc.constant(authorization('other-scheme', basic(known.clientId, known.clientSecret))),
  );
}

function sessionToken(usual: string): fc.Arbitrary<Part> {
  return mostly(10, constant('right', usual), constant('missing'), constant('empty', ''), constant('wrong', 'wrong'));
}

function type(usual: string | undefined): fc.Arbitrary<Part> {
  return mostly(
    14,
    constant('right', usual),
    constant('right', usual && `${usual}; charset=utf-8`),
    constant('none'),
    fc
      .constantFrom('text/plain', 'application/xml', 'application/json', 'application/x-www-form-urlencoded')
      .map((text) => part(text === usual ? 'right' : 'other', text)),
    constant('malformed', 'nonsense'),
  );
}

function json(kind: string, value: unknown): Part {
  return part(kind, JSON.stringify(value));
}

function prefer(operation: OperationId): fc.Arbitrary<Part> {
  return mostly(
    16,
    constant('none'),
    fc.constantFrom(200, 400, 401, 403, 404, 429, 500, 503).map((code) => part('code', `code=${code}`)),
    fc.constantFrom(...examples[operation]).map((name) => part('example', `example=${name}`)),
    fc.integer({ min: 0, max: 999 }).map((seed) => part('dynamic', `dynamic=true, seed=${seed}`)),
    fc.constantFrom(204, 302, 418).map((code) => part('unknown-code', `code=${code}`)),
    constant('unknown-example', 'example=nope'),
    constant('not-for-a-mock', 'return=minimal'),
  );
}

function requestOf(known: Known, operation: OperationId, chosen: Part): fc.Arbitrary<Generated> {
  const isPost = operation === 'issueToken' || operation === 'createSession';
  const mediaType = operation === 'issueToken' ? 'application/x-www-form-urlencoded' : 'application/json';
  const scenario = known.sessions[chosen.kind];
  return fc.record({
    operation: fc.constant(operation),
    session: fc.constant(chosen),
    path: path(operation, chosen.value ?? ''),
    query: fc.constantFrom('', '', '', '?a=1', '?a=1&a=2', '?%zz'),
    method: method(isPost ? 'POST' : 'GET'),
    credential: operation === 'issueToken' ? clientCredential(known) : resourceCredential(known),
    sessionToken: operation === 'getSessionStatus' ? sessionToken(scenario?.token ?? 'any') : constant('none'),
    type: isPost ? type(mediaType) : mostly(6, constant('none'), constant('right', mediaType)),
    body: operation === 'issueToken' ? tokenBody : operation === 'createSession' ? sessionBody : noBody,
    accept,
    prefer: prefer(operation),
  });
}
