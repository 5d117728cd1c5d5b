import type { Operation } from '../contract/load.ts';
import type { ParsedBody } from '../http/body.ts';
import { type Answer, type MockRequest, refuse } from '../http/message.ts';
import { type Plan, planFromVendorData } from '../service/scenario.ts';
import { type Session, splitScopes } from '../service/session.ts';
import type { SessionStore } from '../service/sessions.ts';
import type { TokenStore } from '../service/tokens.ts';
import { failureAnswer } from './failure.ts';
import { type MockClient, tokenBody } from './oauth.ts';

/** One request to one operation of the contract. */
export interface Call {
  readonly request: MockRequest;
  readonly parameters: Readonly<Record<string, string>>;
  /** What stands behind the `?` of the target, without it. */
  readonly query: string;
  readonly body: ParsedBody;
}

/** Everything that the operations share. */
export interface World {
  readonly clients: readonly MockClient[];
  readonly tokens: TokenStore;
  readonly sessions: SessionStore;
  readonly plan: Plan;
  readonly now: () => number;
  /** Where the mock can be reached, for example `http://127.0.0.1:4010`. */
  readonly origin: () => string;
}

/** Answers a call that has been let through and is valid. */
export type OperationHandler = (call: Call, client: MockClient | undefined) => Answer;

const known = {
  'POST /auth/v2/token': 'issueToken',
  'POST /auth/v2/session': 'createSession',
  'GET /auth/v2/session/{}/status': 'getSessionStatus',
  'GET /auth/v2/session/{}/decision': 'getSessionDecision',
} as const;

/** Name of the built-in behaviour of an operation, found by method and path. A contract may use another operationId. */
export function behaviourName({ method, path }: Operation): (typeof known)[keyof typeof known] | undefined {
  const key = `${method.toUpperCase()} ${path.replace(/\{[^{}]*\}/g, '{}').replace(/\/$/, '')}`;
  return Object.hasOwn(known, key) ? known[key as keyof typeof known] : undefined;
}

/** Whether the contract is Didit's, or a variant of it. The mock issues the credentials of such a contract. */
export function isOwnContract(operations: readonly Operation[]): boolean {
  return operations.some((operation) => behaviourName(operation) !== undefined);
}

/** What the mock knows to answer by itself. */
export type Behaviour = (operation: Operation) => OperationHandler | undefined;

/**
 * Makes what the mock knows to answer by itself. An operation that is not here (of a contract given with `contract`) is
 * answered by Prism from its examples.
 */
export function createBehaviour(world: World): Behaviour {
  const { tokens, sessions } = world;

  const issueToken: OperationHandler = (_call, client) => {
    if (!client) throw new Error('issueToken needs HTTP Basic; the contract does not ask for it.');
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
    // 403 and not 401: the caller's credential is right, so there is no reason to ask for a new token.
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

/** The examples describe an existing session. For an unknown `session_id`, this is a 404 if the operation documents one. */
export function refuseUnknownSession({ responses }: Operation, { parameters }: Call, { sessions }: World) {
  const id = parameters.session_id;
  const canSay = responses.some(({ code }) => code === '404');
  return id !== undefined && canSay && !sessions.get(id) ? notFound() : undefined;
}

function ok(body: Record<string, unknown>): Answer {
  return { status: 200, body };
}

function notFound(): Answer {
  return refuse(404, 'Not found.');
}

/** The only parameter in a path that the mock knows. */
function sessionIdOf(parameters: Call['parameters']): string {
  return Object.values(parameters)[0] ?? '';
}

function fieldError(field: string, message: string): Answer {
  return { status: 400, body: { [field]: [message] } };
}

function textMember(body: unknown, name: string): string | undefined {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}
