import type { IPrismDiagnostic, IPrismOutput } from '@stoplight/prism-core';
import {
  createInstance,
  type IHttpConfig,
  type IHttpOperationConfig,
  type IHttpRequest,
  type IHttpResponse,
  ProblemJsonError,
} from '#prism-http';
import { type Operation, operationName } from '../contract/load.ts';
import { ContractViolationError } from '../errors.ts';
import { type Answer, refuse } from '../http/message.ts';
import { createNarrow, type Narrow } from './narrow.ts';
import type { Negotiation } from './prefer.ts';

/** A part of a request that violates the contract. */
export type Violation = IPrismDiagnostic;

/** Makes the answer, or leaves it to Prism's mocker. Called once, after Prism has validated the request. */
type Responder = (violations: readonly Violation[]) => Answer | Negotiation;

export interface Engine {
  /**
   * Validates the request, calls `respond`, validates the answer.
   *
   * @param parameters path parameters, decoded
   * @throws {ContractViolationError} when the answer violates the contract
   */
  exchange(
    operation: Operation,
    request: IHttpRequest,
    parameters: Readonly<Record<string, string>>,
    respond: Responder,
  ): Promise<Answer>;
  /** The answer that Prism makes from the contract. */
  answer(operation: Operation, request: IHttpRequest, negotiation: Negotiation): Promise<Answer>;
  /** Whether the contract allows the answer. */
  allows(operation: Operation, answer: Answer): Promise<boolean>;
}

/** A request with its responder, for our `mock` component. */
interface Call extends IHttpRequest {
  readonly answer: (violations: readonly Violation[]) => IHttpResponse | undefined;
}

/** How many warnings are remembered, because generated answers can violate a schema in ever new ways. */
const warningLimit = 1_000;
const levels = ['trace', 'debug', 'info', 'success', 'warn', 'error', 'fatal'];
const silent: Record<string, unknown> = Object.fromEntries(levels.map((level) => [level, silence]));
silent.child = () => silent;

/**
 * Makes the engine of a mock. Prism compiles each validator when it is first used, and keeps it.
 *
 * @param warn called once for each of the contract's own answers that violates its schema; it is sent unchanged
 */
export function createEngine(warn: (message: string) => void): Engine {
  const warned = new Set<string>();
  const narrows = new WeakMap<Operation, Narrow>();
  const stock = createInstance(configure(false, { dynamic: false }), { logger: silent, route });
  const ours = createInstance(configure(true, { dynamic: false }), {
    logger: silent,
    route,
    mock:
      ({ input: { data, validations } }) =>
      () => {
        const answer = isCall(data) ? data.answer(validations) : undefined;
        return answer ? right(answer) : left('Prism makes the answer.');
      },
  });

  const answer: Engine['answer'] = async (operation, request, { config, status }) => {
    const { accept: _, ...headers } = request.headers ?? {}; // already negotiated; Prism throws on a malformed one
    const result = await stock.request({ ...request, headers }, [operation], configure(false, config))();
    if (result._tag === 'Left') {
      const { left: error } = result;
      if (!(error instanceof ProblemJsonError)) throw error;
      return refuse(400, `Prefer: ${error.detail}`);
    }
    // When Prism finds no content for the requested code, it answers with another one.
    if (status !== undefined && result.right.output.statusCode !== status) {
      return refuse(400, `Prefer: the contract has no acceptable content for ${status}.`);
    }
    const violation = violationOf(operation, result.right);
    if (violation && !warned.has(violation.message)) {
      if (warned.size < warningLimit) warned.add(violation.message);
      warn(`An answer of the contract violates its own schema, and is sent unchanged. ${violation.message}`);
    }
    const made = toAnswer(result.right);
    if (made.body === undefined) {
      const { 'content-type': _type, ...rest } = made.headers ?? {};
      return { ...made, headers: rest };
    }
    // The body is the contract's example object itself, so it is copied.
    return { ...made, body: structuredClone(made.body) };
  };

  const narrowOf = (operation: Operation): Narrow => {
    const known = narrows.get(operation) ?? createNarrow(operation);
    narrows.set(operation, known);
    return known;
  };

  const exchange: Engine['exchange'] = async (operation, request, parameters, respond) => {
    const deferred: { negotiation?: Negotiation } = {};
    const { resource, path, answerWith } = narrowOf(operation)(parameters);
    const call: Call = {
      ...request,
      url: { ...request.url, path },
      answer(violations) {
        const made = respond(violations.filter(isError));
        if ('config' in made) {
          deferred.negotiation = made;
          return undefined;
        }
        answerWith(made.status);
        return toPrism(made);
      },
    };
    const result = await ours.request(call, [resource], configure(true, { dynamic: false }))();
    if (deferred.negotiation) return answer(operation, request, deferred.negotiation);
    if (result._tag === 'Left') throw result.left;
    const violation = violationOf(operation, result.right);
    if (violation) throw violation;
    return toAnswer(result.right);
  };

  const allows: Engine['allows'] = async (operation, candidate) => {
    const request: IHttpRequest = { method: operation.method as IHttpRequest['method'], url: { path: operation.path } };
    try {
      await exchange(operation, request, {}, () => candidate);
      return true;
    } catch (error) {
      if (error instanceof ContractViolationError) return false;
      throw error;
    }
  };

  return { exchange, answer, allows };
}

function isCall(request: IHttpRequest): request is Call {
  return 'answer' in request;
}

function right<T>(value: T) {
  return { _tag: 'Right', right: value } as const;
}

function left(message: string) {
  return { _tag: 'Left', left: new Error(message) } as const;
}

function silence(): void {}

/** Makes a configuration for one call, because Prism writes into it. The guard checks credentials, not Prism. */
function configure(validateRequest: boolean, mock: IHttpOperationConfig): IHttpConfig {
  return {
    isProxy: false,
    checkSecurity: false,
    validateRequest,
    validateResponse: true,
    errors: false,
    upstreamProxy: undefined,
    mock,
  };
}

/** Our router has already found the operation. */
function route({ resources: [operation] }: { resources: Operation[] }) {
  return operation ? right(operation) : left('No operation.');
}

function toPrism({ status, headers = {}, body }: Answer): IHttpResponse {
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', ...headers },
    body,
  };
}

/** Prism also reports what is deprecated, but allowed. */
function isError({ severity }: Violation): boolean {
  return Number(severity) === 0;
}

/** The error for an answer that violates the contract. */
function violationOf(operation: Operation, { output, validations }: IPrismOutput<IHttpResponse>) {
  if (validations.output.length === 0) return undefined;
  const messages = validations.output.map(({ path = [], message }) => `${path.join('.')} ${message}`.trim());
  return new ContractViolationError(operationName(operation), output.statusCode, messages);
}

function toAnswer({ output }: IPrismOutput<IHttpResponse>): Answer {
  const headers = Object.entries(output.headers ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return {
    status: output.statusCode,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), String(value)])),
    body: output.body,
  };
}
