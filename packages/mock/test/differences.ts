import type { Generated } from './requests.ts';

/** How Prism or the mock reacts to a request. */
export interface Reaction {
  readonly what: 'answers' | 'throws' | 'hangs';
  /** 0 when there is no answer. */
  readonly status: number;
  readonly body: unknown;
}

/** One class of differences: a row of the table in `docs/mock-behaviour.md`. */
export interface Difference {
  readonly request: string;
  readonly prism: string;
  readonly mock: string;
  readonly why: string;
  readonly holds: (request: Generated, prism: Reaction, mock: Reaction) => boolean;
}

/** In the order in which they are tried. Answers that differ only in their words come last. */
export const differences: readonly Difference[] = [
  {
    request: 'a body that is declared as JSON and is not JSON',
    prism: 'never answers',
    mock: '400, or an earlier refusal',
    why: 'the client must see its mistake',
    holds: (_, prism, mock) => prism.what === 'hangs' && (isRefusal(mock) || mock.status === 204),
  },
  {
    request: 'a malformed percent escape in the path',
    prism: 'the process ends; 404 or 405 where the path or method does not exist',
    mock: '400',
    why: 'a request must not end the mock',
    holds: (request, prism, mock) => hasBadEscape(request) && !isSuccess(prism) && mock.status === 400,
  },
  {
    request: 'a malformed percent escape in the name of a form parameter',
    prism: 'the process ends',
    mock: '400, or an earlier refusal',
    why: 'a request must not end the mock',
    holds: ({ operation, body }, prism, mock) =>
      operation === 'issueToken' && (body.value ?? '').includes('%') && prism.what === 'throws' && isRefusal(mock),
  },
  {
    request: 'a `Content-Type` that is not a media type',
    prism: '500',
    mock: '400, or an earlier refusal',
    why: 'it is the caller’s mistake',
    holds: ({ type }, prism, mock) => type.kind === 'malformed' && prism.what === 'throws' && isRefusal(mock),
  },
  {
    request: '`/auth/v2/session/`',
    prism: '404',
    mock: 'the same as without the slash',
    why: 'the vendor’s own demo posts to it',
    holds: ({ path }, prism, mock) => path.kind === 'second-form' && prism.status === 404 && mock.status !== 404,
  },
  {
    request: '`HEAD` where there is `GET`',
    prism: '405',
    mock: 'the same as `GET`, without the body',
    why: 'RFC 9110 requires it',
    holds: ({ method }, prism, mock) => method.kind === 'head' && prism.status === 405 && mock.status !== 405,
  },
  {
    request: '`OPTIONS`',
    prism: '405',
    mock: '204 with `Allow`',
    why: 'RFC 9110 allows the question',
    holds: ({ method }, prism, mock) => method.kind === 'options' && prism.status === 405 && mock.status === 204,
  },
  {
    request: 'no access token and no API key',
    prism: '401',
    mock: '403',
    why: 'documented: a missing credential is 403, a wrong one 401',
    holds: (request, prism, mock) =>
      isResource(request) &&
      among(request.credential.kind, 'missing', 'other-scheme') &&
      prism.status === 401 &&
      mock.status === 403,
  },
  {
    request: 'a wrong credential',
    prism: 'accepted',
    mock: '401',
    why: 'Prism only checks that there is one',
    holds: ({ credential }, prism, mock) =>
      among(credential.kind, 'wrong', 'malformed') && prism.status !== 401 && mock.status === 401,
  },
  {
    request: 'a colon in the client secret; `basic` or `bearer` in another case',
    prism: '401',
    mock: 'accepted',
    why: 'RFC 7617 splits at the first colon; in RFC 9110, schemes are case-insensitive',
    holds: ({ credential }, prism, mock) =>
      among(credential.kind, 'right-with-colon', 'right-in-another-case') &&
      prism.status === 401 &&
      mock.status !== 401,
  },
  {
    request: '`Prefer` with a code or an example that the contract does not have',
    prism: 'another code, or 404',
    mock: '400 that lists what it has',
    why: 'another answer would hide the mistake',
    holds: ({ prefer }, prism, mock) =>
      among(prefer.kind, 'code', 'example', 'unknown-code', 'unknown-example') &&
      prism.status !== 400 &&
      mock.status === 400 &&
      JSON.stringify(mock.body).includes('Prefer: '),
  },
  {
    request: '`Accept` that is not for JSON, or malformed',
    prism: '406; the process ends when it is malformed',
    mock: 'the answer, as JSON',
    why: 'the service is not known to negotiate',
    holds: ({ accept }, prism, mock) =>
      among(accept.kind, 'other', 'malformed') &&
      (prism.what === 'throws' || prism.status === 406) &&
      mock.status !== 406,
  },
  {
    request: 'a session that was not created',
    prism: '200',
    mock: '404',
    why: 'sessions exist because they were created',
    holds: ({ session }, prism, mock) => session.kind === 'unknown' && isSuccess(prism) && mock.status === 404,
  },
  {
    request: 'a `Data-Session-Token` that is missing or belongs to another session',
    prism: '400 when missing, else 200',
    mock: '403',
    why: 'a new access token would not help',
    holds: ({ sessionToken }, prism, mock) =>
      among(sessionToken.kind, 'missing', 'empty', 'wrong') &&
      (isSuccess(prism) || prism.status === 400) &&
      mock.status === 403,
  },
  {
    request: 'a session with `mock:429`, `mock:503`, …',
    prism: '200',
    mock: 'that status',
    why: 'its scenario asks for it',
    holds: ({ session }, prism, mock) => isSuccess(prism) && session.kind === String(mock.status),
  },
  {
    request: 'a `scope` of blanks, an unknown `mock:` scenario',
    prism: '200',
    mock: '400',
    why: 'nothing is requested; a typing error in a test is found',
    holds: ({ body }, prism, mock) =>
      among(body.kind, 'blank-scope', 'unknown-scenario') && isSuccess(prism) && mock.status === 400,
  },
  {
    request: 'a token form with a repeated parameter, or more than the grant',
    prism: '200, or what `Prefer` requests',
    mock: '400 `invalid_request`',
    why: 'RFC 6749 §3.2; the documentation',
    holds: ({ operation, body }, prism, mock) =>
      operation === 'issueToken' &&
      among(body.kind, 'repeated', 'more', 'credentials') &&
      prism.what === 'answers' &&
      prism.status !== 401 &&
      mock.status === 400,
  },
  {
    request: 'a request that both accept',
    prism: 'the contract’s first example',
    mock: 'its own token, session or decision',
    why: 'it answers from its state',
    holds: (request, prism, mock) => isSuccess(mock) && prism.status === mock.status && !asksForExample(request),
  },
  {
    request: 'a request that both refuse with the same status',
    prism: 'the contract’s first example, or its own problem document',
    mock: 'what is wrong with this request',
    why: 'an error should name its cause',
    holds: (_, prism, mock) => !isSuccess(mock) && prism.status === mock.status,
  },
];

/** The first class that applies to a difference. */
export function classify(request: Generated, prism: Reaction, mock: Reaction): Difference | undefined {
  return differences.find(({ holds }) => holds(request, prism, mock));
}

/** The table of `docs/mock-behaviour.md`, without padding. */
export function tableOf(rows: readonly Difference[]): string[] {
  return [
    '| request | plain Prism | the mock | why |',
    '| --- | --- | --- | --- |',
    ...rows.map(({ request, prism, mock, why }) => `| ${request} | ${prism} | ${mock} | ${why} |`),
  ];
}

function isSuccess({ status }: Reaction): boolean {
  return status >= 200 && status < 300;
}

function isRefusal({ status }: Reaction): boolean {
  return status >= 400 && status < 500;
}

function isResource({ operation }: Generated): boolean {
  return operation !== 'issueToken';
}

function among(kind: string, ...kinds: string[]): boolean {
  return kinds.includes(kind);
}

function hasBadEscape({ path }: Generated): boolean {
  try {
    return typeof decodeURIComponent(path.value ?? '') !== 'string';
  } catch {
    return true;
  }
}

/** Whether the request asks for an example of the contract: then both must answer the same. */
function asksForExample({ prefer }: Generated): boolean {
  return among(prefer.kind, 'code', 'example', 'dynamic');
}
