import { type Operation, operationName } from '../contract/load.ts';
import { MockOptionsError } from '../errors.ts';
import { type Fault, type FaultHandle, FaultPlan } from '../faults/fault.ts';
import { type Coverage, CoverageCounter } from '../journal/coverage.ts';
import { Journal, type JournalEntry, type WaitOptions } from '../journal/journal.ts';
import type { ResolvedOptions } from '../options.ts';
import { Clock, type MockClock } from '../service/clock.ts';
import type { MockSession } from '../service/session.ts';
import { SessionStore } from '../service/sessions.ts';
import { type MockTokens, TokenStore } from '../service/tokens.ts';

/** The sessions that were created on a mock. */
export interface MockSessions {
  /**
   * The session with this `session_id`, to act on as the person would; `undefined` when there is none, or when it was
   * forgotten: see the option `maxSessions`.
   */
  get(id: string): MockSession | undefined;
}

/** What a test steers a mock with, whether it listens on a port or not. */
export interface MockControls {
  /** Id of the first client. */
  readonly clientId: string;
  /** Secret of the first client; also its API key for `X-Api-Key`. */
  readonly clientSecret: string;
  readonly sessions: MockSessions;
  readonly tokens: MockTokens;
  readonly clock: MockClock;
  /** The latest 1 000 requests, oldest first, without those to the control routes. */
  readonly requests: readonly JournalEntry[];
  /**
   * The `n`-th request to an operation since the start or the last `reset`, as soon as it has been understood.
   * Rejects when it does not come in time, or when the mock is reset before it comes. `n` is 1 unless given.
   */
  waitForRequest(operationId: string, n?: number, options?: WaitOptions): Promise<JournalEntry>;
  /** Which of the contract's answers were given since the start or the last `reset`. */
  coverage(): Coverage;
  /**
   * Has something go wrong with an operation; `*` is all of them. Of several faults the one that was added first plays.
   * Throws a `MockOptionsError` for an operation that does not exist or a fault that makes no sense.
   */
  fault(operationId: string, fault: Fault): FaultHandle;
  clearFaults(): void;
  /**
   * As if just started: no sessions, tokens, faults or requests, the clock as it was, and the same numbers for faults
   * with a `probability` as after the start (those of the option `random` continue). A `waitForRequest` that waits
   * rejects, a request in a `hang` ends without an answer, and one that is delayed gets its answer immediately.
   */
  reset(): void;
}

/** What the mock is steered with from inside. */
export interface Controls {
  readonly mock: MockControls;
  readonly clock: Clock;
  readonly sessions: SessionStore;
  readonly tokens: TokenStore;
  readonly faults: FaultPlan;
  readonly journal: Journal;
  readonly counter: CoverageCounter;
  /** Ends with the next `reset`, and so does what a fault holds back. */
  released(): AbortSignal;
  /**
   * What `/__mock/state` shows; it holds no secret.
   *
   * @param limit of sessions
   * @param after number of the session behind which they begin
   */
  state(limit: number, after: number): Record<string, unknown>;
}

/** @param operations the ones of the contract that is served now */
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
