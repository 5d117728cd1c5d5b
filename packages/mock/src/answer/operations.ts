import type { Operation } from '../contract/load.ts';
import type { ParsedBody } from '../http/body.ts';
import { type Answer, type MockRequest, refuse } from '../http/message.ts';
import type { MockClient } from '../service/clients.ts';
import { type Plan, planFromVendorData } from '../service/scenario.ts';
import { type Session, type SessionStore, splitScopes } from '../service/session.ts';
import type { TokenStore } from '../service/tokens.ts';
import { tokenBody } from './oauth.ts';

/** One request to one operation of the contract. */
export interface Call {
  readonly request: MockRequest;
  readonly parameters: Readonly<Record<string, string>>;
  /** The part of the target after the `?`. */
  readonly query: string;
  readonly body: ParsedBody;
}

/** The state that all operations share. */
export interface World {
  readonly clients: readonly MockClient[];
  readonly tokens: TokenStore;
  readonly sessions: SessionStore;
  readonly plan: Plan;
  readonly now: () => number;
  /** The address of the mock, for example `http://127.0.0.1:4010`. */
  readonly origin: () => string;
}

/** Answers a valid call with the right credentials. */
export type OperationHandler = (call: Call, client: MockClient | undefined) => Answer;

/** Finds the built-in behaviour of an operation. */
export type Behaviour = (operation: Operation) => OperationHandler | undefined;

const known = {
  'POST /auth/v2/token': 'issueToken',
  'POST /auth/v2/session': 'createSession',
  'GET /auth/v2/session/{}/status': 'getSessionStatus',
  'GET /auth/v2/session/{}/decision': 'getSessionDecision',
} as const;

const throttledSeconds = 1;
const requestsPerMinute = 100;

/** Name of the built-in behaviour of an operation, by method and path: a contract may use another operationId. */
export function behaviourName({ method, path }: Operation): (typeof known)[keyof typeof known] | undefined {
  const key = `${method.toUpperCase()} ${path.replace(/\{[^{}]*\}/g, '{}').replace(/\/$/, '')}`;
  return Object.hasOwn(known, key) ? known[key as keyof typeof known] : undefined;
}

/** Whether the contract is Didit's or a variant of it. The mock issues the credentials for such a contract. */
export function isOwnContract(operations: readonly Operation[]): boolean {
  return operations.some((operation) => behaviourName(operation) !== undefined);
}

/** Makes the built-in behaviour. Prism answers all other operations from the contract's examples. */
export function createBehaviour(world: World): Behaviour {
  const { tokens, sessions } = world;

  const issueToken: OperationHandler = (_call, client) => {
    if (!client) throw new Error('issueToken needs HTTP Basic, but the contract does not require it.');
    return tokenBody(client, tokens, world.origin(), world.now());
  };

  const createSession: OperationHandler = ({ body }) => {
    const scope = textMember(body.value, 'scope') ?? '';
    const vendorData = textMember(body.value, 'vendor_data');
    const scopes = splitScopes(scope);
    if (scopes.length === 0) return fieldError('scope', 'This field may not be blank.');
    const plan = planFromVendorData(vendorData, scopes, world.plan) ?? world.plan;
    if (typeof plan === 'string') return fieldError('vendor_data', plan);
    const session = sessions.create({ scope, vendorData, plan });
    const url = `${world.origin()}/authorize/${session.token}`;
    return ok({ session_id: session.id, session_token: session.token, url });
  };

  const unlessFailing = (session: Session, answer: () => Record<string, unknown>): Answer => {
    const status = session.fail();
    return status === undefined ? ok(answer()) : failureAnswer(status, world.now());
  };

  const getSessionStatus: OperationHandler = ({ request, parameters }) => {
    const session = sessions.get(sessionIdOf(parameters));
    if (!session) return notFound();
    // 403 and not 401: the caller's credential is right, a new token would not help.
    if (request.headers['data-session-token'] !== session.token) {
      return refuse(403, 'You do not have permission to perform this action.', { code: 'permission_denied' });
    }
    return unlessFailing(session, () => session.poll());
  };

  const getSessionDecision: OperationHandler = ({ parameters }) => {
    const session = sessions.get(sessionIdOf(parameters));
    return session ? unlessFailing(session, () => session.decision()) : notFound();
  };

  const handlers = { issueToken, createSession, getSessionStatus, getSessionDecision };
  return (operation) => {
    const name = behaviourName(operation);
    return name && handlers[name];
  };
}

/** The contract's examples describe an existing session. For an unknown `session_id`, return 404 if the operation documents one. */
export function refuseUnknownSession({ responses }: Operation, { parameters }: Call, { sessions }: World) {
  const id = parameters.session_id;
  const isDocumented = responses.some(({ code }) => code === '404');
  return id !== undefined && isDocumented && !sessions.get(id) ? notFound() : undefined;
}

function ok(body: Record<string, unknown>): Answer {
  return { status: 200, body };
}

function notFound(): Answer {
  return refuse(404, 'Not found.');
}

function fieldError(field: string, message: string): Answer {
  return { status: 400, body: { [field]: [message] } };
}

/** The failure that a scenario asks for, as the service would answer it. */
function failureAnswer(status: number, now: number): Answer {
  if (status === 429) {
    return refuse(429, `Request was throttled. Expected available in ${throttledSeconds} second.`, {
      headers: {
        'retry-after': String(throttledSeconds),
        'x-ratelimit-limit': String(requestsPerMinute),
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(now / 1_000) + throttledSeconds),
      },
    });
  }
  const text = `The scenario of this session asks for ${status}.`;
  if (status >= 500) return { status, body: { message: text } };
  return refuse(status, text, {
    headers: status === 401 ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {},
  });
}

/** The session id is the only path parameter of the built-in operations. */
function sessionIdOf(parameters: Call['parameters']): string {
  return Object.values(parameters)[0] ?? '';
}

function textMember(body: unknown, name: string): string | undefined {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}
