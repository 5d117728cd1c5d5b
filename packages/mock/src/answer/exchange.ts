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

/** An operation with what is needed to answer it, made once for each contract. */
export interface Endpoint {
  readonly operation: Operation;
  readonly guard: Guard;
  /** The built-in behaviour; `undefined` for an operation that is answered with the contract's examples. */
  readonly handle: OperationHandler | undefined;
  /** Whether the contract is Didit's or a variant of it: then `session_id` names a session of the mock. */
  readonly isOwn: boolean;
}

/** A request's operation, and how its path matched. */
export interface Located {
  readonly endpoint: Endpoint;
  readonly match: Match;
}

/** Answers one request: first the guard, then the built-in behaviour or the contract's examples. Prism validates request and answer. */
export async function exchange(
  engine: Engine,
  { endpoint, match }: Located,
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

  let made: Answer | undefined; // by the mock itself; it may violate the contract
  let challenge: Answer['headers']; // of a refusal that is answered with the contract's example
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
    // At the start, the mock has warned that this refusal is not documented.
    if ([401, 403].includes(made.status) && !documents(operation, made.status)) return made;
    throw error;
  }
}

/** Query parameters. The value is a list when one was sent several times. */
function queryOf(query: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  if (query === '') return found;
  for (const [name, value] of new URLSearchParams(query)) {
    const before = Object.hasOwn(found, name) ? found[name] : undefined;
    found[name] = before === undefined ? value : [before, value].flat();
  }
  return found;
}

/** The contract's example for the status of a refusal that violates the contract. A 422 can replace a 400. */
async function refuseAsDocumented(engine: Engine, operation: Operation, request: IHttpRequest, refusal: Answer) {
  for (const status of refusal.status === 400 ? [400, 422] : [refusal.status]) {
    const documented = documentedAnswer(operation, status);
    if (!documented) continue;
    const answer = await engine.answer(operation, request, documented);
    return { ...answer, headers: { ...refusal.headers, ...answer.headers } };
  }
  return refusal;
}
