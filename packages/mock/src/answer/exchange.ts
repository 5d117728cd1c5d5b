import type { IHttpRequest } from '#prism-http';
import type { Operation } from '../contract/load.ts';
import type { Match } from '../contract/router.ts';
import { ContractViolationError } from '../errors.ts';
import { parseBody } from '../http/body.ts';
import type { Answer, MockRequest } from '../http/message.ts';
import type { Engine, Violation } from '../prism/engine.ts';
import { documentedAnswer, documents, type Negotiation, negotiate, parsePrefer } from '../prism/prefer.ts';
import type { Guard } from './guard.ts';
import { type Call, type OperationHandler, refuseUnknownSession, type World } from './operations.ts';

/** An operation with all that is needed to answer it, made once. */
export interface Endpoint {
  readonly operation: Operation;
  readonly guard: Guard;
  /** `undefined` for an operation that the mock answers with the contract's examples. */
  readonly handle: OperationHandler | undefined;
  /** Whether the operation is of Didit's contract or a variant, so that its `session_id` is one of the mock's. */
  readonly isOwn: boolean;
}

/** An operation that was asked for, and where its path was found. */
export interface Place {
  readonly endpoint: Endpoint;
  readonly match: Match;
}

/** Answers one request: the guard first, then the built-in behaviour or the contract's examples. Prism checks both ways. */
export async function exchange(
  engine: Engine,
  { endpoint, match }: Place,
  request: MockRequest,
  query: string,
  world: World,
): Promise<Answer> {
  const { operation, guard, handle, isOwn } = endpoint;
  const body = parseBody(request);
  const call: Call = { request, parameters: match.parameters, query, body };
  const preference = parsePrefer(request.headers.prefer);
  const headers: Record<string, string> = { ...request.headers, 'content-length': String(request.body.length) };
  if (body.contentType !== undefined) headers['content-type'] = body.contentType;
  const seen: IHttpRequest = {
    method: operation.method as IHttpRequest['method'],
    url: { path: match.path, query: queryOf(query) },
    headers,
    body: body.value,
  };

  let made: Answer | undefined; // the answer of the mock itself, which the contract may not allow
  let challenge: Answer['headers']; // of a refusal that the contract words
  const respond = (violations: readonly Violation[]): Answer | Negotiation => {
    const admission = guard.admit(call);
    if ('status' in admission) {
      made = admission;
      const documented = handle ? undefined : documentedAnswer(operation, admission.status);
      if (documented) challenge = admission.headers;
      return documented ?? admission;
    }
    const refusal = guard.check(call, violations);
    made = refusal ?? (handle && !preference ? handle(call, admission.client) : undefined);
    if (!made && isOwn && !preference) made = refuseUnknownSession(operation, call, world);
    return made ?? negotiate(operation, preference, request.headers.accept);
  };

  try {
    const answer = await engine.exchange(operation, seen, match.parameters, respond);
    return challenge ? { ...answer, headers: { ...challenge, ...answer.headers } } : answer;
  } catch (error) {
    if (!made || !(error instanceof ContractViolationError)) throw error;
    if (!handle) return refuseAsDocumented(engine, operation, seen, made);
    // The start has warned of a credential's refusal that is not documented.
    if ([401, 403].includes(made.status) && !documents(operation, made.status)) return made;
    throw error;
  }
}

/** Query parameters; one that was sent several times is a list. */
function queryOf(query: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  if (query === '') return found;
  for (const [name, value] of new URLSearchParams(query)) {
    const before = Object.hasOwn(found, name) ? found[name] : undefined;
    found[name] = before === undefined ? value : [before, value].flat();
  }
  return found;
}

/** The contract's own answer for a refusal that it does not allow as it is; a 422 stands in for a 400. */
async function refuseAsDocumented(engine: Engine, operation: Operation, request: IHttpRequest, refusal: Answer) {
  for (const status of refusal.status === 400 ? [400, 422] : [refusal.status]) {
    const documented = documentedAnswer(operation, status);
    if (!documented) continue;
    const answer = await engine.answer(operation, request, documented);
    return { ...answer, headers: { ...refusal.headers, ...answer.headers } };
  }
  return refusal;
}
