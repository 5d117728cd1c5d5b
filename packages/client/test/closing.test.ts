import { afterEach, describe, expect, test, vi } from 'vitest';
import { ClientClosedError, createClient, DiditDataError, type TokenEvent } from '../src/index.ts';
import { confirmed, isTokenRequest, json, observed, rejection, token } from './support/helpers.ts';

afterEach(() => vi.useRealTimers());

const session = { session_id: 's-1', session_token: 'st-1' };
const path = '/auth/v2/session/{session_id}/decision/';

describe('close ends', () => {
  test.each(['token', 'api'] as const)('calls that wait for the %s, each with an error of its own', async (part) => {
    const { didit, aborted } = hanging(part);
    const { signal } = new AbortController();
    const calls = [
      rejection(didit.sessions.decision('s-1')),
      rejection(didit.sessions.decision('s-2', { signal })),
      rejection(didit.raw.GET(path, { params: { path: { session_id: 's-3' } } })),
    ];
    await soon();
    await didit.close();
    const errors = await Promise.all(calls);
    for (const error of errors) {
      expect(error).toBeInstanceOf(ClientClosedError);
      expect(error).toMatchObject({ name: 'ClientClosedError', operation: 'getSessionDecision' });
    }
    expect(new Set(errors).size).toBe(3);
    expect(aborted).toHaveLength(part === 'token' ? 1 : 3);
  });

  test('a prewarm', async () => {
    const { didit, aborted } = hanging('token');
    const calls = [didit.prewarm(), didit.prewarm()].map(rejection);
    await soon();
    await didit.close();
    const errors = await Promise.all(calls);
    for (const error of errors) expect(error).toMatchObject({ name: 'ClientClosedError', operation: 'issueToken' });
    expect(new Set(errors).size).toBe(2);
    expect(aborted).toHaveLength(1);
  });

  test('every timer: of a wait for a decision, of a pause before a request is sent again, of a time limit', async () => {
    vi.useFakeTimers();
    const busy = hanging('nothing');
    const waiting = rejection(busy.didit.sessions.waitForDecision(session));
    const { fetch } = observed((request) =>
      isTokenRequest(request) ? token() : json({}, { status: 429, headers: { 'retry-after': '50' } }),
    );
    const throttled = createClient({ clientId: 'id', clientSecret: 's', fetch });
    const again = rejection(throttled.sessions.decision('s-1'));
    const slow = hanging('api');
    const late = rejection(slow.didit.sessions.decision('s-1'));
    await vi.advanceTimersByTimeAsync(100);
    expect(vi.getTimerCount()).toBeGreaterThan(2);
    await Promise.all([busy.didit.close(), throttled.close(), slow.didit.close()]);
    expect(await waiting).toMatchObject({ name: 'ClientClosedError', operation: 'getSessionStatus' });
    expect(await again).toBeInstanceOf(ClientClosedError);
    expect(await late).toBeInstanceOf(ClientClosedError);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('decisions whose source of ids owes one, and closes the source', async () => {
    const { didit } = hanging('nothing');
    const closed = vi.fn();
    const ids = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}), return: closed }) };
    const next = rejection(didit.sessions.decisions(ids).next());
    await soon();
    await didit.close();
    expect(await next).toMatchObject({ name: 'ClientClosedError', operation: 'getSessionDecision' });
    expect(closed).toHaveBeenCalledOnce();
  });

  test('a renewal in the background, which is not reported as failed', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const events: TokenEvent['type'][] = [];
    let n = 0;
    let ended = false;
    const { fetch } = observed((request) => {
      if (!isTokenRequest(request)) return json(confirmed);
      n += 1;
      if (n === 1) return token('token-1', { expires_in: 3_600 });
      return new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => {
          ended = true;
          reject(request.signal.reason);
        });
      });
    });
    const hooks = { onToken: ({ type }: TokenEvent) => events.push(type) };
    const didit = createClient({ clientId: 'id', clientSecret: 's', fetch, hooks });
    await didit.sessions.decision('s-1');
    vi.advanceTimersByTime(3_600_000 - 200_000);
    await didit.sessions.decision('s-1');
    expect(n).toBe(2);
    await didit.close();
    await soon();
    expect(ended).toBe(true);
    expect(events).toEqual(['issued']);
  });
});

describe('after close', () => {
  test.each<[string, object]>([
    ['client credentials', { clientId: 'id', clientSecret: 's' }],
    ['an API key', { apiKey: 'key' }],
    ['a token', { accessToken: 'token' }],
  ])('a client with %s fails every call and sends nothing, however often it is closed', async (_, credentials) => {
    const { fetch, requests } = observed((request) => (isTokenRequest(request) ? token() : json(confirmed)));
    const didit = createClient({ ...(credentials as { apiKey: string }), fetch });
    await didit.sessions.decision('s-1');
    const sent = requests.length;
    await didit.close();
    await didit.close();
    await didit[Symbol.asyncDispose]();
    const params = { path: { session_id: 's-1' } };
    const errors = [
      await rejection(didit.sessions.create({ scope: ['email'] })),
      await rejection(didit.sessions.status(session)),
      await rejection(didit.sessions.decision('s-1')),
      await rejection(didit.sessions.waitForDecision(session)),
      await rejection(didit.sessions.decisions(['s-1']).next()),
      await rejection(didit.raw.GET(path, { params })),
      await rejection(didit.prewarm()),
    ];
    for (const error of errors) {
      expect(error).toBeInstanceOf(ClientClosedError);
      expect(error).toBeInstanceOf(DiditDataError);
      expect(String(error)).toContain('The client has been closed.');
    }
    expect(requests).toHaveLength(sent);
  });

  test('a fetch that the client was given is not closed, and another client of it works', async () => {
    const close = vi.fn();
    const { fetch } = observed(() => json(confirmed));
    const transport = Object.assign(fetch, { close });
    const first = createClient({ apiKey: 'key', fetch: transport });
    const second = createClient({ apiKey: 'key', fetch: transport });
    await first.close();
    expect(close).not.toHaveBeenCalled();
    expect((await second.sessions.decision('s-1')).status).toBe('Confirmed');
  });
});

test('await using closes the client', async () => {
  const { didit, aborted } = hanging('api');
  const call = rejection(didit.sessions.decision('s-1'));
  {
    await using _ = didit;
    await soon();
  }
  expect(await call).toBeInstanceOf(ClientClosedError);
  expect(aborted).toHaveLength(1);
});

/** A service of which one part never answers, and a client of it. */
function hanging(part: 'token' | 'api' | 'nothing', options: object = {}) {
  const aborted: unknown[] = [];
  const { fetch, requests } = observed((request) => {
    if (part !== (isTokenRequest(request) ? 'token' : 'api')) {
      return isTokenRequest(request) ? token() : json({ ...confirmed, status: 'initialized' });
    }
    return new Promise((_, reject) => {
      request.signal.addEventListener('abort', () => {
        aborted.push(request.signal.reason);
        reject(request.signal.reason);
      });
    });
  });
  const didit = createClient({ clientId: 'id', clientSecret: 's', fetch, maxRetries: 0, ...options });
  return { didit, requests, aborted };
}

function soon() {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
