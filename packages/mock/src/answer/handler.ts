import { createConsent } from '../consent/routes.ts';
import { type Operation, operationName } from '../contract/load.ts';
import { createRouter, type Router } from '../contract/router.ts';
import type { Controls } from '../control/controls.ts';
import type { Control } from '../control/routes.ts';
import type { Fault } from '../faults/fault.ts';
import { spoil, substitute, violations } from '../faults/spoil.ts';
import {
  type Answer,
  brokenAnswer,
  type Handler,
  type MockRequest,
  type MockResponse,
  refuse,
  serialize,
} from '../http/message.ts';
import type { Redactor } from '../journal/redact.ts';
import { createEngine, type Engine } from '../prism/engine.ts';
import { type Endpoint, exchange, type Place } from './exchange.ts';
import type { Guard } from './guard.ts';
import { type Behaviour, isOwnContract, type World } from './operations.ts';

const compressed = refuse(415, 'The body is compressed. Send it without Content-Encoding.', {
  headers: { 'accept-encoding': 'identity' },
});

/** What a handler is made of, besides the operations. */
interface Parts {
  readonly world: World;
  readonly behaviour: Behaviour;
  readonly controls: Controls;
  readonly control: Control;
  readonly redactor: Redactor;
  /** Called with the problem of an example that the contract itself does not allow. */
  readonly warn: (message: string) => void;
}

/** What was answered, and what had a say in it. */
interface Outcome {
  readonly answer: Answer;
  readonly operation?: Operation;
  readonly fault?: Fault | undefined;
}

/** Faults after which the answer is no longer one of the contract. */
const spoiling = ['malformed', 'html', 'wrong-content-type', 'truncate', 'schema-violation'];
/** Faults that let nothing out. */
const silencing = ['hang', 'reset', 'empty'];

/** The mock without its sockets: one request in, one answer out, never a rejection. */
export function createHandler(guards: ReadonlyMap<Operation, Guard>, parts: Parts): Handler {
  const { world, behaviour, controls, control, redactor, warn } = parts;
  const { faults, journal, counter } = controls;
  const operations = [...guards.keys()];
  const engine = createEngine(warn);
  const router = createRouter(operations);
  const consent = createConsent(world.sessions);
  const isOwn = isOwnContract(operations);
  const endpoints = new Map<Operation, Endpoint>();
  for (const [operation, guard] of guards) {
    endpoints.set(operation, { operation, guard, handle: behaviour(operation), isOwn });
  }

  /** Finds the operation, or answers what is none. */
  const locate = (request: MockRequest, path: string): Answer | Place => {
    const method = request.method === 'HEAD' ? 'GET' : request.method; // of what is the mock's own
    if (request.tooLarge) return refuse(413, 'The body is larger than 1 MB.');
    if (isCompressed(request)) return compressed;
    if (request.target === '*') return wrongMethod(method, allow(['GET', 'POST']));
    if (!isWellFormed(path)) return refuse(400, 'The path holds a malformed percent escape.');
    const own = control(path);
    if (own) return own[method]?.(request) ?? wrongMethod(method, allow(Object.keys(own)));
    const match = router.match(path);
    if (!match) {
      const page = consent(path);
      if (page) return ['GET', 'POST'].includes(method) ? page(request) : wrongMethod(method, allow(['GET', 'POST']));
      return unknownPath(router, path);
    }
    const operation = match.route.operations.get(request.method) ?? match.route.operations.get(method);
    const endpoint = operation && endpoints.get(operation);
    return endpoint ? { endpoint, match } : wrongMethod(request.method, allow(match.route.operations.keys()));
  };

  const play = async ({ endpoint, match }: Place, request: MockRequest, query: string): Promise<Outcome> => {
    const { operation } = endpoint;
    const fault = faults.draw(operationName(operation));
    try {
      const instead = fault && substitute(fault);
      if (instead) return { answer: instead, operation, fault };
      const answer = await exchange(engine, { endpoint, match }, request, query, world);
      const violated = fault?.kind === 'schema-violation' ? await violate(engine, operation, answer) : answer;
      return { answer: violated, operation, fault };
    } catch (error) {
      return { answer: brokenAnswer(error), operation, fault };
    }
  };

  const settle = async (request: MockRequest, path: string, query: string): Promise<Outcome> => {
    try {
      const place = locate(request, path);
      return 'status' in place ? { answer: place } : await play(place, request, query);
    } catch (error) {
      return { answer: brokenAnswer(error) };
    }
  };

  /** Writes the request down. */
  const record = (request: MockRequest, path: string, { answer, operation, fault }: Outcome, begun: number) => {
    const kind = fault?.kind ?? '';
    const status = silencing.includes(kind) ? undefined : answer.status;
    if (operation && status !== undefined && !spoiling.includes(kind)) counter.add(operation, status);
    const entry = {
      method: redactor.text(request.method),
      path: redactor.path(path),
      operationId: operation && operationName(operation),
      status,
      headers: redactor.headers(request.headers),
      fault: fault?.kind,
    };
    return journal.add(entry, begun);
  };

  return async (request): Promise<MockResponse> => {
    const begun = performance.now();
    const { path, query } = splitTarget(request.target);
    const outcome = await settle(request, path, query);
    const response = serialize(outcome.answer);
    if (path.startsWith('/__mock/')) return response;
    const done = record(request, path, outcome, begun);
    return { ...(outcome.fault ? spoil(response, outcome.fault, controls.released()) : response), done };
  };
}

function isWellFormed(path: string): boolean {
  if (!path.includes('%')) return true;
  try {
    return decodeURIComponent(path) !== ''; // a call whose value is not used is removed by the bundler
  } catch {
    return false;
  }
}

function splitTarget(target: string): { path: string; query: string } {
  const origin = /^https?:\/\/[^/?#]*/i.exec(target)?.[0] ?? ''; // the absolute form, as sent to a proxy
  const [path = '', ...rest] = target.slice(origin.length).split('?');
  return { path: path || '/', query: rest.join('?') };
}

/** Methods with what they imply. */
function allow(methods: Iterable<string>): string {
  const all = new Set(methods);
  if (all.has('GET')) all.add('HEAD');
  return [...all.add('OPTIONS')].join(', ');
}

function wrongMethod(method: string, allowed: string): Answer {
  return method === 'OPTIONS'
    ? { status: 204, headers: { allow: allowed }, body: undefined }
    : refuse(405, `Method "${method}" not allowed.`, { headers: { allow: allowed } });
}

function isCompressed({ headers, body }: MockRequest): boolean {
  const encoding = headers['content-encoding'];
  return encoding !== undefined && body.length > 0 && encoding.trim().toLowerCase() !== 'identity';
}

function unknownPath(router: Router, path: string): Answer {
  const suggestion = router.suggest(path);
  return refuse(404, suggestion === undefined ? 'No such path.' : `No such path. Did you mean ${suggestion} ?`);
}

/** The answer with something in it, or missing, that the contract does not allow. */
async function violate(engine: Engine, operation: Operation, answer: Answer): Promise<Answer> {
  for (const body of violations(answer.body)) {
    const candidate = { ...answer, body };
    if (!(await engine.allows(operation, candidate))) return candidate;
  }
  throw new Error(`${operationName(operation)} ${answer.status} allows any body; there is nothing to violate.`);
}
