import { type Operation, operationName } from '../contract/load.ts';
import type { Controls } from '../control/controls.ts';
import type { Control } from '../control/routes.ts';
import type { Fault } from '../faults/fault.ts';
import { isSilent, keepsContract, spoil, substitute, violations } from '../faults/spoil.ts';
import { type Answer, brokenAnswer, type Handler, type MockRequest, serialize } from '../http/message.ts';
import type { Redactor } from '../journal/redact.ts';
import { createEngine, type Engine } from '../prism/engine.ts';
import { exchange, type Located } from './exchange.ts';
import type { Guard } from './guard.ts';
import { createLocate } from './locate.ts';
import { type Behaviour, isOwnContract, type World } from './operations.ts';

/** What a handler needs, in addition to the operations and their guards. */
interface Parts {
  readonly world: World;
  readonly behaviour: Behaviour;
  readonly controls: Controls;
  readonly control: Control;
  readonly redactor: Redactor;
  /** Called when an example violates the contract's own schema. */
  readonly warn: (message: string) => void;
}

/** An answer with the operation and the fault that it comes from. */
interface Answered {
  readonly answer: Answer;
  readonly operation?: Operation;
  readonly fault?: Fault | undefined;
}

/** Makes the mock without its sockets: one request in, one answer out. It never rejects. */
export function createHandler(guards: ReadonlyMap<Operation, Guard>, parts: Parts): Handler {
  const { world, behaviour, controls, control, redactor, warn } = parts;
  const { faults, journal, counter } = controls;
  const engine = createEngine(warn);
  const isOwn = isOwnContract([...guards.keys()]);
  const endpoints = [...guards].map(([operation, guard]) => {
    return { operation, guard, handle: behaviour(operation), isOwn };
  });
  const locate = createLocate(endpoints, control, world.sessions);

  const answerLocated = async (located: Located, request: MockRequest, query: string): Promise<Answered> => {
    const { operation } = located.endpoint;
    const fault = faults.draw(operationName(operation));
    try {
      const instead = fault && substitute(fault);
      if (instead) return { answer: instead, operation, fault };
      const answer = await exchange(engine, located, request, query, world);
      const violated = fault?.kind === 'schema-violation' ? await violate(engine, operation, answer) : answer;
      return { answer: violated, operation, fault };
    } catch (error) {
      return { answer: brokenAnswer(error), operation, fault };
    }
  };

  const respond = async (request: MockRequest, path: string, query: string): Promise<Answered> => {
    try {
      const located = locate(request, path);
      return 'status' in located ? { answer: located } : await answerLocated(located, request, query);
    } catch (error) {
      return { answer: brokenAnswer(error) };
    }
  };

  /** Adds the request to the journal and to the coverage. */
  const record = (request: MockRequest, path: string, { answer, operation, fault }: Answered, begun: number) => {
    const status = fault && isSilent(fault) ? undefined : answer.status;
    if (operation && (!fault || keepsContract(fault))) counter.add(operation, answer.status);
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

  return async (request) => {
    const begun = performance.now();
    const { path, query } = splitTarget(request.target);
    const answered = await respond(request, path, query);
    const response = serialize(answered.answer);
    if (path.startsWith('/__mock/')) return response;
    const done = record(request, path, answered, begun);
    return { ...(answered.fault ? spoil(response, answered.fault, controls.released()) : response), done };
  };
}

function splitTarget(target: string): { path: string; query: string } {
  const origin = /^https?:\/\/[^/?#]*/i.exec(target)?.[0] ?? ''; // the absolute form, as sent to a proxy
  const [path = '', ...rest] = target.slice(origin.length).split('?');
  return { path: path || '/', query: rest.join('?') };
}

/** Changes the answer so that it violates the contract. */
async function violate(engine: Engine, operation: Operation, answer: Answer): Promise<Answer> {
  for (const body of violations(answer.body)) {
    const candidate = { ...answer, body };
    if (!(await engine.allows(operation, candidate))) return candidate;
  }
  throw new Error(`${operationName(operation)} ${answer.status} allows any body; nothing can violate it.`);
}
