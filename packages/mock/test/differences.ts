import type { Generated } from './requests.ts';

/** What became of a request. */
export interface Outcome {
  readonly what: 'answers' | 'throws' | 'hangs';
  /** 0 when there is no answer. */
  readonly status: number;
  readonly body: unknown;
}

/** One class of differences, as it stands in the README. */
export interface Difference {
  readonly request: string;
  readonly prism: string;
  readonly mock: string;
  readonly why: string;
  readonly holds: (request: Generated, prism: Outcome, mock: Outcome) => boolean;
}

/** In the order in which they are looked for; what is answered alike but for its words comes last. */
export const differences: readonly Difference[] = [
  {
    request: 'a body that says it is JSON and is not',
    prism: 'never answers',
    mock: '400, or the refusal that comes before it',
    why: 'a client has to see its mistake',
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
    request: 'a malformed percent escape in the name of a form’s parameter',
    prism: 'the process ends',
    mock: '400, or the refusal that comes before it',
    why: 'a request must not end the mock',
    holds: ({ operation, body }, prism, mock) =>
      operation === 'issueToken' && (body.value ?? '').includes('%') && prism.what === 'throws' && isRefusal(mock),
  },
  {
    request: 'a `Content-Type` that is no media type',
    prism: '500',
    mock: '400, or the refusal that comes before it',
    why: 'the mistake is the caller’s',
    holds: ({ type }, prism, mock) => type.kind === 'malformed' && prism.what === 'throws' && isRefusal(mock),
  },
  {
    request: '`/auth/v2/session/`',
    prism: '404',
    mock: 'as without the slash',
    why: 'the vendor’s own demo posts to it',
    holds: ({ path }, prism, mock) => path.kind === 'second-form' && prism.status === 404 && mock.status !== 404,
  },
  {
    request: '`HEAD` where there is `GET`',
    prism: '405',
    mock: 'as `GET`, without the body',
    why: 'RFC 9110 asks for it',
    holds: ({ method }, prism, mock) => method.kind === 'head' && prism.status === 405 && mock.status !== 405,
  },
  {
    request: '`OPTIONS`',
    prism: '405',
    mock: '204 with `Allow`',
    why: 'RFC 9110 allows to ask',
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
    request: 'a credential that is wrong',
    prism: 'accepted',
    mock: '401',
    why: 'Prism checks only that there is one',
    holds: ({ credential }, prism, mock) =>
      among(credential.kind, 'wrong', 'malformed') && prism.status !== 401 && mock.status === 401,
  },
  {
    request: 'a colon in the client secret; `basic` or `bearer` in another case',
    prism: '401',
    mock: 'accepted',
    why: 'RFC 7617 splits at the first colon; RFC 9110: schemes have no case',
    holds: ({ credential }, prism, mock) =>
      among(credential.kind, 'right-with-colon', 'right-in-another-case') &&
      prism.status === 401 &&
      mock.status !== 401,
  },
  {
    request: '`Prefer` with a code or an example that the contract does not have',
    prism: 'another code, or 404',
    mock: '400 that lists what there is',
    why: 'a wish that cannot be met is not met with something else',
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
    request: 'a `Data-Session-Token` that is missing or of another session',
    prism: '400 when missing, else 200',
    mock: '403',
    why: 'a permission is missing; a new access token would not help',
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
    request: 'a `scope` of blanks, a `mock:` scenario that does not exist',
    prism: '200',
    mock: '400',
    why: 'nothing was asked for; a typing error in a test is seen',
    holds: ({ body }, prism, mock) =>
      among(body.kind, 'blank-scope', 'unknown-scenario') && isSuccess(prism) && mock.status === 400,
  },
  {
    request: 'a token form with a parameter twice, or more than the grant',
    prism: '200, or as `Prefer` has it',
    mock: '400 `invalid_request`',
    why: 'RFC 6749 §3.2 for the one, the documentation for the other',
    holds: ({ operation, body }, prism, mock) =>
      operation === 'issueToken' &&
      among(body.kind, 'repeated', 'more', 'credentials') &&
      prism.what === 'answers' &&
      prism.status !== 401 &&
      mock.status === 400,
  },
  {
    request: 'one that both accept',
    prism: 'the contract’s first example',
    mock: 'a token, session or decision of its own',
    why: 'it answers from what has happened',
    holds: (request, prism, mock) => isSuccess(mock) && prism.status === mock.status && !asksForExample(request),
  },
  {
    request: 'one that both refuse with the same status',
    prism: 'the contract’s first example, or its own problem document',
    mock: 'what is wrong with this request',
    why: 'an error should name its cause',
    holds: (_, prism, mock) => !isSuccess(mock) && prism.status === mock.status,
  },
];

/** The class of a difference; the first that holds. */
export function classify(request: Generated, prism: Outcome, mock: Outcome): Difference | undefined {
  return differences.find(({ holds }) => holds(request, prism, mock));
}

/** The README's table, without padding. */
export function tableOf(rows: readonly Difference[]): string[] {
  return [
    '| request | plain Prism | the mock | why |',
    '| --- | --- | --- | --- |',
    ...rows.map(({ request, prism, mock, why }) => `| ${request} | ${prism} | ${mock} | ${why} |`),
  ];
}

function isSuccess({ status }: Outcome): boolean {
  return status >= 200 && status < 300;
}

function isRefusal({ status }: Outcome): boolean {
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

/** Asks Prism's mocker for an answer that the contract has: there both are to say the same. */
function asksForExample({ prefer }: Generated): boolean {
  return among(prefer.kind, 'code', 'example', 'dynamic');
}
