import { type Operation, operationName } from '../contract/load.ts';
import { MockOptionsError } from '../errors.ts';
import type { Fault, FaultHandle } from '../faults/fault.ts';
import { FaultPlan } from '../faults/plan.ts';
import { type Coverage, CoverageCounter } from '../journal/coverage.ts';
import { Journal, type JournalEntry, type WaitOptions } from '../journal/journal.ts';
import type { ResolvedOptions } from '../options.ts';
import { Clock, type MockClock } from '../service/clock.ts';
import type { MockSession } from '../service/session.ts';
import { SessionStore } from '../service/session.ts';
import { type MockTokens, TokenStore } from '../service/tokens.ts';

/** The sessions that were created on a mock. */
export interface MockSessions {
  /**
   * The session with this `session_id`, on which the test acts as the person. `undefined` when there is none, or the
   * mock has forgotten it: see the option `maxSessions`.
   */
  get(id: string): MockSession | undefined;
}

/** What a test controls a mock with, whether it listens on a port or not. */
export interface MockControls {
  /** Id of the first client. */
  readonly clientId: string;
  /** Secret of the first client; also its API key for `X-Api-Key`. */
  readonly clientSecret: string;
  readonly sessions: MockSessions;
  readonly tokens: MockTokens;
  readonly clock: MockClock;
  /** The latest 1 000 requests, oldest first. Requests to the control routes are not included. */
  readonly requests: readonly JournalEntry[];
  /**
   * Waits for the `n`-th request to an operation since the start or the last `reset`. Resolves when the request has
   * been received, which can be before it is answered.
   *
   * @param n Default: 1.
   * @throws {Error} when the request does not come in time, or the mock is reset before it comes
   */
  waitForRequest(operationId: string, n?: number, options?: WaitOptions): Promise<JournalEntry>;
  /** Which of the contract's answers the mock has given since the start or the last `reset`. */
  coverage(): Coverage;
  /**
   * Adds a fault to an operation; `*` is all of them. Of several faults, the one that was added first plays.
   *
   * @throws {MockOptionsError} when the operation does not exist or the fault is invalid
   */
  fault(operationId: string, fault: Fault): FaultHandle;
  clearFaults(): void;
  /**
   * Restores the state after the start: no sessions, tokens, faults or requests, and the original clock. Numbers for
   * faults with a `probability` start again (those of the option `random` continue). A `waitForRequest` that waits
   * rejects. A request in a `hang` ends without an answer, and a delayed one is answered immediately.
   */
  reset(): void;
}

/** The state of a mock, for the handler and the control routes. */
export interface Controls {
  readonly mock: MockControls;
  readonly clock: Clock;
  readonly sessions: SessionStore;
  readonly tokens: TokenStore;
  readonly faults: FaultPlan;
  readonly journal: Journal;
  readonly counter: CoverageCounter;
  /** Aborts with the next `reset`. Ends the waits of faults. */
  released(): AbortSignal;
  /**
   * The body of `/__mock/state`. It contains no secret.
   *
   * @param limit how many sessions to show
   * @param after number of the session after which they begin
   */
  state(limit: number, after: number): Record<string, unknown>;
}

/** @param operations the operations of the current contract */
export function createControls(options: ResolvedOptions, operations: () => readonly Operation[]): Controls {
  const { client, clients, scenario, seed, sessionLifetimeMs, maxSessions, random, onEvent } = options;
  const clock = new Clock(options.now);
  const now = (): number => clock.now();
  const sessions = new SessionStore(now, { seed, lifetimeMs: sessionLifetimeMs, limit: maxSessions });
  const tokens = new TokenStore(now);
  const faults = new FaultPlan(random);
  const journal = new Journal((entry) => onEvent?.({ event: 'request', ...entry }));
  const counter = new CoverageCounter();
  let releasing = new AbortController();

  const known = (operationId: string): string => {
    const names = operations().map(operationName);
    if (names.includes(operationId)) return operationId;
    throw new MockOptionsError(`The contract has no operation ${operationId}. It has: ${names.join(', ')}.`);
  };

  const mock: MockControls = {
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    sessions: { get: (id) => sessions.get(id) },
    tokens,
    clock: { now, advance: (by) => clock.advance(by), set: (moment) => clock.set(moment) },
    get requests() {
      return journal.entries;
    },
    waitForRequest: async (operationId, n, wait) => journal.waitFor(known(operationId), n, wait),
    coverage: () => counter.report(operations()),
    fault: (operationId, fault) => faults.add(operationId === '*' ? operationId : known(operationId), fault),
    clearFaults: () => faults.clear(),
    reset: () => {
      sessions.clear();
      tokens.revokeAll();
      faults.reset();
      journal.clear();
      counter.clear();
      clock.reset();
      releasing.abort();
      releasing = new AbortController();
    },
  };

  const state: Controls['state'] = (limit, after) => {
    const page = sessions.page(limit, after);
    return {
      now: new Date(now()).toISOString(),
      scenario,
      clients: clients.map(({ clientId }) => clientId),
      activeTokens: tokens.active,
      sessionCount: sessions.size,
      sessions: page.sessions.map(({ id, status, requestedScopes, approvedScopes, vendorData }) => {
        return { id, status, requestedScopes, approvedScopes, vendorData };
      }),
      next: page.next,
      faults: faults.list(),
      requests: journal.total,
    };
  };
  const released = (): AbortSignal => releasing.signal;

  return { mock, clock, sessions, tokens, faults, journal, counter, released, state };
}
