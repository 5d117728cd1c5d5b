import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClient, NotFoundError, OptionsError, ServerError, TimeoutError } from '../src/index.ts';
import {
  clientAnswering,
  confirmed,
  isTokenRequest,
  json,
  observed,
  rejection,
  settled,
  token,
} from './support/helpers.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const session = { session_id: 's-1', session_token: 'st-1' };

test.each(['confirmed', 'declined', 'cancelled', 'expired'])('ends on %s with the decision', async (status) => {
  const { didit, times } = saying('initialized', 'retrieved', status);
  const seen: string[] = [];
  const decision = await settled(didit.sessions.waitForDecision(session, { onStatus: (s) => seen.push(s) }));
  expect(decision.status.toLowerCase()).toBe(status);
  expect(seen).toEqual(['initialized', 'retrieved', status]);
  expect(times).toHaveLength(3);
  expect(vi.getTimerCount()).toBe(0);
});

test('looks again after intervalMs, more slowly while nothing happens, and at most five times as slowly', async () => {
  const { didit, times } = saying(...Array(12).fill('initialized'), 'retrieved', 'confirmed');
  await settled(didit.sessions.waitForDecision(session, { intervalMs: 1_000 }));
  const gaps = times.slice(1).map((time, n) => time - (times[n] ?? 0));
  expect(gaps.slice(0, 3).map(Math.round)).toEqual([1_000, 1_250, 1_562]);
  expect(gaps[11]).toBe(5_000);
  expect(gaps[12]).toBe(1_000); // something happened
});

test('an unknown status is waited out, and is a timeout at the deadline', async () => {
  const { didit } = saying('under_review');
  const error = await settled(rejection(didit.sessions.waitForDecision(session, { timeoutMs: 20_000 })));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ operation: 'getSessionStatus', timeoutMs: 20_000 });
  expect(String(error)).toContain('No decision within 20 s. The last status was "under_review"');
  expect(vi.getTimerCount()).toBe(0);
});

test('a service that fails for a while is asked again later', async () => {
  const down = () => json({ message: 'down' }, { status: 503 });
  const { didit } = saying('initialized', down, down, down, down, 'confirmed');
  expect((await settled(didit.sessions.waitForDecision(session))).status).toBe('Confirmed');
});

test('a 429 makes it wait for as long as Retry-After says', async () => {
  const slow = () => json({}, { status: 429, headers: { 'retry-after': '70' } });
  const { didit, times } = saying(slow, 'confirmed');
  await settled(didit.sessions.waitForDecision(session));
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(70_000);
});

test('a service that stays down is a timeout that says so', async () => {
  const { didit } = saying(() => json({}, { status: 502 }));
  const error = await settled(rejection(didit.sessions.waitForDecision(session, { timeoutMs: 10_000 })));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(String(error)).toContain('No status was retrieved, then came a ServerError');
  expect((error as Error).cause).toMatchObject({ status: 502 });
});

test('a permanent failure is thrown immediately', async () => {
  const { didit, times } = saying(() => json({ detail: 'Not found.' }, { status: 404 }));
  expect(await settled(rejection(didit.sessions.waitForDecision(session)))).toBeInstanceOf(NotFoundError);
  expect(times).toHaveLength(1);
});

test('a decision that lags behind the status is asked for again', async () => {
  let asked = 0;
  const didit = clientAnswering((request) => {
    if (!request.url.endsWith('/decision/')) return json({ status: 'confirmed' });
    asked += 1;
    return json({ ...confirmed, status: asked === 1 ? 'Retrieved' : 'Confirmed' });
  });
  expect((await settled(didit.sessions.waitForDecision(session))).status).toBe('Confirmed');
  expect(asked).toBe(2);
});

test('an abort ends the wait with its own reason and leaves no timer or listener', async () => {
  const { didit } = saying('initialized');
  const controller = new AbortController();
  const added = vi.spyOn(controller.signal, 'addEventListener');
  const removed = vi.spyOn(controller.signal, 'removeEventListener');
  const reason = new Error('the person left');
  const failed = rejection(didit.sessions.waitForDecision(session, { signal: controller.signal }));
  await vi.advanceTimersByTimeAsync(5_000);
  controller.abort(reason);
  expect(await failed).toBe(reason);
  expect(vi.getTimerCount()).toBe(0);
  expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
});

test.each([{ intervalMs: 0 }, { timeoutMs: -1 }, { timeoutMs: Number.NaN }, { intervalMs: 2 ** 31 }])(
  '%j is refused',
  async (options) => {
    const { didit } = saying('confirmed');
    expect(await rejection(didit.sessions.waitForDecision(session, options))).toBeInstanceOf(OptionsError);
  },
);

test('a Retry-After beyond what a timer can hold does not cause a hot loop', async () => {
  for (const value of ['99999999', '9'.repeat(400)]) {
    const { didit, times } = saying(() => json({}, { status: 429, headers: { 'retry-after': value } }));
    const error = await settled(rejection(didit.sessions.waitForDecision(session, { timeoutMs: 60_000 })));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(times).toHaveLength(1);
  }
});

test.each([{ status: null }, { status: 5 }, { status: { a: 1 } }, { status: ['confirmed'] }, 'text', 5, {}])(
  '%j is neither a status nor a success when invalid responses are passed on',
  async (answer) => {
    const didit = clientAnswering(() => json(answer), { validation: 'report' });
    const onStatus = vi.fn();
    const waiting = didit.sessions.waitForDecision(session, { timeoutMs: 10_000, onStatus });
    expect(await settled(rejection(waiting))).toMatchObject({
      name: 'TimeoutError',
      message:
        'getSessionStatus: No decision within 10 s. No status was retrieved. You can wait again with the same session.',
    });
    expect(onStatus).not.toHaveBeenCalled();
  },
);

test.each([
  ['a 503', () => json({}, { status: 503, headers: { 'retry-after': '30' } })],
  ['a token request that is refused for a while', undefined],
])('%s is waited for as long as Retry-After says', async (_, answer) => {
  const times: number[] = [];
  const startedAt = Date.now();
  const pause = () => json({}, { status: 429, headers: { 'retry-after': '30' } });
  const { fetch } = observed((request) => {
    if (isTokenRequest(request)) {
      if (!answer) times.push(Date.now() - startedAt);
      return answer || times.length > 1 ? token() : pause();
    }
    if (request.url.endsWith('/decision/')) return json(confirmed);
    if (answer) times.push(Date.now() - startedAt);
    return answer && times.length === 1 ? answer() : json({ status: 'confirmed' });
  });
  const didit = createClient({ clientId: 'id', clientSecret: 's', fetch, maxRetries: 0 });
  expect((await settled(didit.sessions.waitForDecision(session))).status).toBe('Confirmed');
  expect(times).toEqual([0, 30_000]);
});

test('the deadline and an abort end an onStatus that hangs', async () => {
  const onStatus = () => new Promise(() => {});
  const late = saying('initialized').didit.sessions.waitForDecision(session, { timeoutMs: 5_000, onStatus });
  expect(await settled(rejection(late))).toMatchObject({ name: 'TimeoutError', timeoutMs: 5_000 });
  const controller = new AbortController();
  const reason = new Error('the person left');
  const { signal } = controller;
  const left = rejection(saying('initialized').didit.sessions.waitForDecision(session, { signal, onStatus }));
  await vi.advanceTimersByTimeAsync(1_000);
  controller.abort(reason);
  expect(await left).toBe(reason);
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  ['an HTML page', () => new Response('<title>Maintenance</title>')],
  ['a 408', () => json({}, { status: 408 })],
])('%s in between is waited out', async (_, answer) => {
  const { didit } = saying('initialized', answer, 'confirmed');
  expect((await settled(didit.sessions.waitForDecision(session))).status).toBe('Confirmed');
});

test.each([
  [
    'throws',
    () => {
      throw new ServerError('mine', { status: 500 });
    },
  ],
  ['rejects', () => Promise.reject(new ServerError('mine', { status: 500 }))],
])('an onStatus that %s ends the wait with its error, and is called once', async (_, onStatus) => {
  const { didit } = saying('initialized');
  const spy = vi.fn(onStatus);
  const error = await settled(rejection(didit.sessions.waitForDecision(session, { onStatus: spy })));
  expect(String(error)).toContain('mine');
  expect(spy).toHaveBeenCalledTimes(1);
});

test('the deadline ends a call that is under way', async () => {
  const didit = clientAnswering(() => new Promise<Response>(() => {}), { timeoutMs: 100_000 });
  const error = await settled(rejection(didit.sessions.waitForDecision(session, { timeoutMs: 5_000 })));
  expect(error).toMatchObject({ name: 'TimeoutError', timeoutMs: 5_000 });
});

/** A client to whom the service says these statuses one after another; a Response is given as it is. */
function saying(...statuses: readonly (string | (() => Response))[]) {
  const times: number[] = [];
  const startedAt = Date.now();
  const didit = clientAnswering((request) => {
    const last = statuses[Math.min(times.length, statuses.length - 1)];
    if (request.url.endsWith('/decision/')) {
      const said = statuses[Math.min(times.length - 1, statuses.length - 1)];
      return json({
        ...confirmed,
        status: typeof said === 'string' ? `${said[0]?.toUpperCase()}${said.slice(1)}` : said,
      });
    }
    times.push(Date.now() - startedAt);
    return typeof last === 'function' ? last() : json({ status: last });
  });
  return { didit, times };
}
