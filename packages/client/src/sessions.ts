import { parseScope } from './decision.ts';
import {
  type DecisionResult,
  type DecisionsOptions,
  type Retrieve,
  retrieveDecisions,
  type SessionOrId,
  sessionIdOf,
} from './decisions.ts';
import { during, type Naming, rememberCaller } from './errors/during.ts';
import { must, OptionsError } from './errors/options-error.ts';
import { ResponseParseError } from './errors/response-body-errors.ts';
import { apiErrorOf } from './http/api-error.ts';
import { checkHeaderValue } from './http/header-value.ts';
import { type CallOptions, callNames, checkedCall } from './options/call-options.ts';
import { checkFunction, checkNames } from './options/check.ts';
import type { RawClient } from './raw.ts';
import type { Decision, Scope, Session, SessionStatus } from './types.ts';
import { type WaitOptions, waitForDecision } from './wait-for-decision.ts';

/** What to ask a person for. */
export interface CreateSession {
  /** The scopes to ask for: a list, or one string separated by spaces. */
  readonly scope: readonly Scope[] | string;
  /** Your own identifier for the person or the case; the decision contains it. */
  readonly vendor_data?: string | undefined;
}

/** The words of the domain over the bare paths; every failure is a typed error. */
export interface Sessions {
  /**
   * Creates a session. Show its `url` to the person, as a QR code or a link.
   *
   * @throws {OptionsError} when no scope is given
   * @throws {ApiError} when the service refuses
   */
  create(session: CreateSession, options?: CallOptions): Promise<Session>;
  /**
   * Retrieves how far the person has come, in lower case.
   *
   * @param session a session as `create` returned it: both its id and its token are needed
   * @throws {NotFoundError} when there is no such session
   */
  status(session: Pick<Session, 'session_id' | 'session_token'>, options?: CallOptions): Promise<SessionStatus>;
  /**
   * Retrieves a session, its status and, once the person has approved, the shared data.
   * A decision is not yet an approval: check its `status`.
   *
   * @param session a session, or its id
   * @throws {NotFoundError} when there is no such session
   */
  decision(session: SessionOrId, options?: CallOptions): Promise<Decision>;
  /**
   * Waits until the person has decided, then retrieves the decision: confirmed, declined, cancelled or expired. Check
   * it with `isConfirmed` or `requireScopes`. While the service fails, the wait continues.
   *
   * @param session a session as `create` returned it
   * @throws {TimeoutError} when there is no final status within `timeoutMs`; an unknown status is not final
   */
  waitForDecision(session: Pick<Session, 'session_id' | 'session_token'>, options?: WaitOptions): Promise<Decision>;
  /**
   * Retrieves many decisions and yields each as soon as it arrives, in bounded memory. An id whose retrieval failed
   * comes with its error. When the service asks one call to wait, by a 429 or with `Retry-After`, all calls wait.
   *
   * @param ids any sync or async iterable of session ids, or sessions; an item that is not one, or that cannot be read,
   * comes with an `OptionsError`, and with an empty `session_id` if it has none
   * @throws {TokenError | AuthenticationError} when the credentials are refused: no further id could succeed
   * @throws {ConnectionError} when another attempt cannot help, for example with a certificate that is not trusted
   * @throws {RateLimitError | ServerError | TokenError} when the service asks for a pause of more than a minute
   * @throws what the source of ids throws, after the results of all ids before it
   * @throws {OptionsError} when `ids` is not an iterable, or, after all results, when it breaks the iteration protocol
   */
  decisions(
    ids: Iterable<SessionOrId> | AsyncIterable<SessionOrId>,
    options?: DecisionsOptions,
  ): AsyncGenerator<DecisionResult, void, undefined>;
}

/** @param closing aborts when the client is closed */
export function createSessions(raw: RawClient, closing: AbortSignal): Sessions {
  const sessions: Sessions = {
    create: (session, options) =>
      during(
        'createSession',
        rememberCaller(sessions.create),
        async () => {
          const call = checkedCall(options);
          const body = createBody(session);
          return dataOf(await raw.POST('/auth/v2/session', { ...call, body }), 'createSession');
        },
        options?.signal,
      ),

    status: (session, options) =>
      during(
        'getSessionStatus',
        rememberCaller(sessions.status),
        async () => {
          const { session_id, session_token }: Partial<Session> = session ?? {};
          if (session_token === undefined) {
            throw new OptionsError('`session_token` is missing. Pass what create() returned.');
          }
          checkHeaderValue('session_token', session_token);
          const answer = await raw.GET('/auth/v2/session/{session_id}/status/', {
            ...checkedCall(options),
            params: { path: { session_id }, header: { 'Data-Session-Token': session_token } },
          });
          return dataOf(answer, 'getSessionStatus').status;
        },
        options?.signal,
      ),

    decision: (session, options) => retrieve(rememberCaller(sessions.decision), session, options),

    waitForDecision: (session, options) =>
      during(
        'getSessionStatus',
        rememberCaller(sessions.waitForDecision),
        async () => {
          checkedCall(options, [...callNames, 'intervalMs', 'onStatus']);
          checkFunction('onStatus', options?.onStatus);
          return waitForDecision(sessions, session, options, closing);
        },
        options?.signal,
      ),

    decisions(ids, options) {
      const naming = rememberCaller(sessions.decisions);
      const retrieveOne: Retrieve = (id, { onThrottled, ...call }) => retrieve(naming, id, call, onThrottled);
      return retrieveDecisions(retrieveOne, ids, options, closing);
    },
  };

  function retrieve(
    naming: Naming,
    session: SessionOrId,
    options?: CallOptions,
    onThrottled?: (delayMs: number) => void,
  ): Promise<Decision> {
    return during(
      'getSessionDecision',
      naming,
      async () => {
        const answer = await raw.GET('/auth/v2/session/{session_id}/decision/', {
          ...checkedCall(options),
          ...(onThrottled && { onThrottled }),
          params: { path: { session_id: sessionIdOf(session) } },
        });
        return dataOf(answer, 'getSessionDecision');
      },
      options?.signal,
    );
  }

  return sessions;
}

/** The result of openapi-fetch, as far as the façade reads it. */
interface Answer<Data> {
  readonly data?: Data | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

function dataOf<Data>({ data, error, response }: Answer<Data>, operation: string): Data {
  if (!response.ok) throw apiErrorOf(response, error, operation);
  if (data === undefined || data === null) {
    throw new ResponseParseError(`The ${response.status} response has no body.`, {
      operation,
      status: response.status,
    });
  }
  return data;
}

function createBody(session: CreateSession): { scope: string; vendor_data?: string } {
  checkNames(session, ['scope', 'vendor_data'], 'session');
  const { scope, vendor_data }: Partial<CreateSession> = session;
  must(vendor_data === undefined || typeof vendor_data === 'string', 'vendor_data', 'be a string');
  const scopes: readonly unknown[] = Array.isArray(scope) ? scope : [scope];
  const isList = scopes.every((name) => typeof name === 'string');
  must(isList, 'scope', 'be a list of scopes, or a string');
  const joined = parseScope(scopes.join(' ')).join(' ');
  must(joined !== '', 'scope', 'name at least one scope');
  return { scope: joined, ...(vendor_data !== undefined && { vendor_data }) };
}
