import { inspect } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  AuthenticationError,
  type CommonOptions,
  createClient,
  OptionsError,
  PermissionDeniedError,
  TimeoutError,
  TokenError,
} from '../src/index.ts';
import { confirmed, isTokenRequest, json, observed, rejection, token } from './support/helpers.ts';

afterEach(() => vi.useRealTimers());

test('the token request is Basic with a form of grant_type and nothing else', async () => {
  const { didit, requests } = withTokens(() => token());
  await didit.sessions.decision('s-1');
  const [sent] = requests;
  expect(sent?.method).toBe('POST');
  expect(sent?.url).toBe('https://apx.didit.me/auth/v2/token/');
  expect(sent?.headers.get('authorization')).toBe(`Basic ${btoa('id:s')}`);
  expect(sent?.headers.get('content-type')).toMatch(/^application\/x-www-form-urlencoded/);
  expect(await sent?.text()).toBe('grant_type=client_credentials');
  expect(sent?.redirect).toBe('manual');
});

test('secrets are sent as UTF-8, colons included', async () => {
  const { didit, requests } = withTokens(() => token(), { clientId: 'ïd', clientSecret: 'a:b€' });
  await didit.sessions.decision('s-1');
  const sent = requests[0]?.headers.get('authorization')?.slice('Basic '.length) ?? '';
  expect(Buffer.from(sent, 'base64').toString('utf8')).toBe('ïd:a:b€');
});

test('ten thousand first calls make one token request', async () => {
  const { didit, asked } = withTokens(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return token();
  });
  await Promise.all(Array.from({ length: 10_000 }, () => didit.sessions.decision('s-1')));
  expect(asked()).toBe(1);
});

describe('the two windows', () => {
  const life = 3_600_000;

  test('a token is used as it is until refreshAheadMs before its end', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { didit, asked } = withTokens((n) => token(`token-${n}`, { expires_in: 3600 }));
    await didit.sessions.decision('s-1');
    vi.advanceTimersByTime(life - 301_000);
    await didit.sessions.decision('s-1');
    expect(asked()).toBe(1);
  });

  test('then it still serves, and is renewed in the background by one request', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { didit, asked, requests } = withTokens((n) => token(`token-${n}`, { expires_in: 3600 }));
    await didit.sessions.decision('s-1');
    vi.advanceTimersByTime(life - 299_000);
    await Promise.all([1, 2, 3].map(() => didit.sessions.decision('s-1')));
    expect(
      requests
        .slice(2)
        .filter((sent) => !isTokenRequest(sent))
        .map(bearerOf),
    ).toEqual(Array(3).fill('token-1'));
    await vi.waitFor(() => expect(asked()).toBe(2));
    await new Promise((resolve) => setTimeout(resolve, 5));
    await didit.sessions.decision('s-1');
    expect(bearerOf(requests.at(-1))).toBe('token-2');
    expect(asked()).toBe(2);
  });

  test('from expirySkewMs before its end, callers wait for the next', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { didit, requests } = withTokens((n) => token(`token-${n}`, { expires_in: 3600 }));
    await didit.sessions.decision('s-1');
    vi.advanceTimersByTime(life - 29_000);
    await didit.sessions.decision('s-1');
    expect(bearerOf(requests.at(-1))).toBe('token-2');
  });

  test('a renewal that fails in the background is caught and backs off, and the old token serves on', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const events: string[] = [];
    const { didit, asked, requests } = withTokens(
      (n) => (n === 1 ? token('token-1', { expires_in: 3600 }) : json({ error: 'server_error' }, { status: 400 })),
      undefined,
      { hooks: { onToken: ({ type }) => events.push(type) } },
    );
    await didit.sessions.decision('s-1');
    vi.advanceTimersByTime(life - 200_000);
    for (let n = 0; n < 5; n += 1) await didit.sessions.decision('s-1');
    await vi.waitFor(() => expect(events).toEqual(['issued', 'renewal-failed']));
    await didit.sessions.decision('s-1');
    expect(asked()).toBe(2);
    vi.advanceTimersByTime(1_100); // past the first back-off
    await didit.sessions.decision('s-1');
    await vi.waitFor(() => expect(asked()).toBe(3));
    vi.advanceTimersByTime(1_100); // not past the second
    await didit.sessions.decision('s-1');
    expect(asked()).toBe(3);
    expect(bearerOf(requests.at(-1))).toBe('token-1');
  });

  test("a clock that is an hour wrong changes nothing, and expiresAt is by the service's clock", async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const serverNow = Date.now() + 3_600_000;
    const issued: (number | undefined)[] = [];
    const { didit, asked } = withTokens(
      () => json({ access_token: 't', expires_in: 1_000 }, { headers: { date: new Date(serverNow).toUTCString() } }),
      undefined,
      { hooks: { onToken: ({ expiresAt }) => issued.push(expiresAt) } },
    );
    await didit.sessions.decision('s-1');
    vi.advanceTimersByTime(700_000);
    await didit.sessions.decision('s-1');
    expect(asked()).toBe(1);
    expect(Math.abs((issued[0] ?? 0) - (serverNow + 1_000_000))).toBeLessThan(1_500);
    vi.advanceTimersByTime(290_000);
    await didit.sessions.decision('s-1');
    expect(asked()).toBe(2);
  });
});

test.each([10_000, -10_000])(
  'a clock that is %d ms ahead moves expiresAt, and one that is a second ahead does not',
  async (ahead) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime('2026-01-01T00:00:00Z'); // the header has whole seconds
    for (const [offset, expected] of [
      [ahead, ahead],
      [ahead / 10, 0],
    ] as const) {
      const events: (number | undefined)[] = [];
      const date = new Date(Date.now() + offset).toUTCString();
      const { didit } = withTokens(
        () => json({ access_token: 't', expires_in: 1_000 }, { headers: { date } }),
        undefined,
        {
          hooks: { onToken: ({ expiresAt }) => events.push(expiresAt) },
        },
      );
      await didit.prewarm();
      expect(events).toEqual([Date.now() + expected + 1_000_000]);
    }
  },
);

test.each([
  ['missing', undefined, 300],
  ['0', 0, 300],
  ['-5', -5, 300],
  ['text', 'soon', 300],
  ['"3600"', '3600', 3_600],
  ['1e12', 1e12, 86_400],
])('expires_in %s is a life of %s → %i s', async (_, expires_in, seconds) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { didit, asked } = withTokens(() => token('t', { expires_in }));
  await didit.sessions.decision('s-1');
  vi.advanceTimersByTime(seconds * 750);
  await didit.sessions.decision('s-1');
  expect(asked()).toBe(1);
  vi.advanceTimersByTime(seconds * 250 - 1_000);
  await didit.sessions.decision('s-1');
  expect(asked()).toBe(2);
});

test('a failed token request fails the calls that waited, and the next call asks again', async () => {
  const answer = (n: number) => (n === 1 ? json({ error: 'server_error' }, { status: 500 }) : token());
  const { didit, asked } = withTokens(answer, undefined, { maxRetries: 0 });
  const failed = await Promise.all([1, 2, 3].map(() => rejection(didit.sessions.decision('s-1'))));
  for (const error of failed) expect(error).toBeInstanceOf(TokenError);
  expect(asked()).toBe(1);
  await didit.sessions.decision('s-1');
  expect(asked()).toBe(2);
});

test('a wrong secret causes a TokenError with status and code, without the secret', async () => {
  const credentials = { clientId: 'client-1', clientSecret: 'hunter2-hunter2' };
  const body = { error: 'invalid_client', error_description: 'bad secret' };
  const { didit } = withTokens(() => json(body, { status: 401 }), credentials);
  const error = (await rejection(didit.sessions.decision('s-1'))) as TokenError;
  expect(error).toBeInstanceOf(TokenError);
  expect(error).toMatchObject({ name: 'TokenError', operation: 'issueToken', status: 401, code: 'invalid_client' });
  expect(error.message).toBe('issueToken: No token: 401 bad secret. Check `clientId` and `clientSecret`.');
  expect(error.body).toEqual(body);
  expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain(btoa('client-1:hunter2-hunter2'));
  expect(inspect(error) + inspect(didit, { depth: 9 })).not.toContain('hunter2');
});

describe('a token response that is not a usable token', () => {
  test.each([
    ['no access_token', { expires_in: 1 }, 'access_token is missing'],
    ['an empty one', { access_token: '' }, 'access_token is missing'],
    ['a number', { access_token: 5 }, 'access_token is missing'],
    ['a line feed', { access_token: 'topsecret\nx: y' }, 'a header cannot hold'],
    ['another type', { access_token: 'topsecret', token_type: 'mac' }, 'not bearer'],
    ['a list', ['topsecret'], 'access_token is missing'],
    ['null', null, 'not an object'],
  ])('%s is refused without quoting it', async (_, body, why) => {
    const { didit } = withTokens(() => json(body));
    const error = await rejection(didit.sessions.decision('s-1'));
    expect(error).toBeInstanceOf(TokenError);
    expect(String(error)).toContain(why);
    expect(inspect(error)).not.toContain('topsecret');
  });

  test.each(['bearer', 'Bearer', 'BEARER', null])('token_type %j is fine', async (token_type) => {
    const { didit } = withTokens(() => token('t', { token_type }));
    expect((await didit.sessions.decision('s-1')).status).toBe('Confirmed');
  });
});

test("a caller's abort ends that caller's wait and not the request of the others", async () => {
  let answerToken: (response: Response) => void = () => {};
  const pending = new Promise<Response>((resolve) => {
    answerToken = resolve;
  });
  const { didit, asked } = withTokens(() => pending);
  const controller = new AbortController();
  const reason = new Error('gone');
  const impatient = rejection(didit.sessions.decision('s-1', { signal: controller.signal }));
  const patient = didit.sessions.decision('s-1');
  await new Promise((resolve) => setTimeout(resolve, 5));
  controller.abort(reason);
  expect(await impatient).toBe(reason);
  answerToken(token());
  expect((await patient).status).toBe('Confirmed');
  expect(asked()).toBe(1);
});

describe('the time limit of a call', () => {
  /** A service whose token comes when the test says so. */
  function late() {
    let issue: () => void = () => {};
    const issued = new Promise<Response>((resolve) => {
      issue = () => resolve(token());
    });
    return { ...withTokens(() => issued), issue: () => issue() };
  }

  test('bounds its wait for a token, and the token still comes to the others', async () => {
    const { didit, asked, issue } = late();
    const patient = didit.sessions.decision('s-1');
    const error = await rejection(didit.sessions.decision('s-1', { timeoutMs: 30 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ name: 'TimeoutError', operation: 'getSessionDecision', timeoutMs: 30 });
    expect(String(error)).toContain('waited for a token for 30 ms');
    issue();
    expect((await patient).status).toBe('Confirmed');
    expect(asked()).toBe(1);
  });

  test('bounds it in the bare paths and in decisions, too, and is long enough where the token comes', async () => {
    const { didit, issue } = late();
    const patient = didit.sessions.decision('s-1', { timeoutMs: 5_000 });
    const params = { path: { session_id: 's-1' } };
    const bare = didit.raw.GET('/auth/v2/session/{session_id}/decision/', { params, timeoutMs: 30 });
    expect(await rejection(bare)).toMatchObject({ name: 'TimeoutError', operation: 'getSessionDecision' });
    for await (const { error } of didit.sessions.decisions(['a', 'b'], { timeoutMs: 30 })) {
      expect(error).toMatchObject({ name: 'TimeoutError', operation: 'getSessionDecision' });
    }
    issue();
    expect((await patient).status).toBe('Confirmed');
  });

  test('bounds its wait for the token after a 401', async () => {
    const { fetch } = observed((request) => {
      if (!isTokenRequest(request)) return json({}, { status: 401 });
      n += 1;
      return n === 1 ? token() : new Promise<Response>(() => {});
    });
    let n = 0;
    const didit = createClient({ clientId: 'id', clientSecret: 's', fetch });
    const error = await rejection(didit.sessions.decision('s-1', { timeoutMs: 30 }));
    expect(error).toMatchObject({ name: 'TimeoutError', operation: 'getSessionDecision', timeoutMs: 30 });
  });

  test.each([
    ['of the call', {}, { timeoutMs: 30 }],
    ['of the client', { timeoutMs: 30 }, {}],
  ])('%s bounds the wait for a function that brings a token', async (_, options, call) => {
    const { fetch } = observed(() => json(confirmed));
    const didit = createClient({ accessToken: () => new Promise<string>(() => {}), fetch, ...options });
    const error = await rejection(didit.sessions.decision('s-1', call));
    expect(error).toMatchObject({ name: 'TimeoutError', operation: 'getSessionDecision', timeoutMs: 30 });
  });

  test('ends the token request when nobody else waits for it, and leaves no timer', async () => {
    vi.useFakeTimers();
    let ended = false;
    const { fetch } = observed(
      (request) =>
        new Promise((_, reject) => {
          request.signal.addEventListener('abort', () => {
            ended = true;
            reject(request.signal.reason);
          });
        }),
    );
    const didit = createClient({ clientId: 'id', clientSecret: 's', fetch });
    const call = rejection(didit.sessions.decision('s-1', { timeoutMs: 30 }));
    await vi.advanceTimersByTimeAsync(31);
    expect(await call).toBeInstanceOf(TimeoutError);
    expect(ended).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('refused credentials', () => {
  const refusing = (status: number) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const state = { isRight: false };
    const answer = () =>
      state.isRight ? token('token-1', { expires_in: 5 }) : json({ error: 'invalid_client' }, { status });
    return { ...withTokens(answer), state };
  };

  test.each([400, 401, 403])('with %i are asked for once by many calls, which all get that error', async (status) => {
    const { didit, asked } = refusing(status);
    const errors: unknown[] = [await rejection(didit.prewarm())];
    for (let n = 0; n < 100; n += 1) errors.push(await rejection(didit.sessions.decision('s-1')));
    const together = Array.from({ length: 100 }, () => rejection(didit.sessions.decision('s-1')));
    errors.push(...(await Promise.all(together)), await rejection(didit.prewarm()));
    expect(asked()).toBe(1);
    for (const error of errors) {
      expect(error).toBeInstanceOf(TokenError);
      expect(error).toMatchObject({ operation: 'issueToken', status, code: 'invalid_client' });
      expect((error as TokenError).body).toEqual({ error: 'invalid_client' });
      expect(String(error)).toBe(String(errors[0]));
    }
    expect(new Set(errors).size).toBe(errors.length);
  });

  test('are asked for again after a pause that grows from 1 s to 30 s', async () => {
    const { didit, asked } = refusing(401);
    const pauses: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      await rejection(didit.sessions.decision('s-1'));
      const before = asked();
      let ms = 0;
      for (; asked() === before; ms += 500) {
        vi.advanceTimersByTime(500);
        await rejection(didit.sessions.decision('s-1'));
      }
      pauses.push(ms);
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  test('that are right after the pause work immediately, and the next pause is short again', async () => {
    const { didit, asked, state } = refusing(401);
    for (let n = 0; n < 4; n += 1) {
      await rejection(didit.sessions.decision('s-1'));
      vi.advanceTimersByTime(8_000);
    }
    state.isRight = true;
    expect((await didit.sessions.decision('s-1')).status).toBe('Confirmed');
    state.isRight = false;
    vi.advanceTimersByTime(5_000); // the token has expired
    await rejection(didit.sessions.decision('s-1'));
    const before = asked();
    vi.advanceTimersByTime(1_000);
    await rejection(didit.sessions.decision('s-1'));
    expect(asked()).toBe(before + 1);
  });

  test('are not remembered longer by a clock that is set back', async () => {
    const { didit, state } = refusing(401);
    await rejection(didit.sessions.decision('s-1'));
    state.isRight = true;
    vi.setSystemTime(Date.now() - 3_600_000);
    expect((await didit.sessions.decision('s-1')).status).toBe('Confirmed');
  });

  test('do not outlive the client: another one asks itself', async () => {
    const { didit } = refusing(401);
    await rejection(didit.sessions.decision('s-1'));
    const other = withTokens(() => token());
    expect((await other.didit.sessions.decision('s-1')).status).toBe('Confirmed');
  });
});

describe('a token that is refused as soon as it is issued', () => {
  /** A service that issues tokens and refuses them, as long as `refuses` says. */
  function service(name: (n: number) => string) {
    vi.useFakeTimers({ toFake: ['Date'] });
    const state = { asked: 0, refuses: (_: Request): boolean => true };
    const { fetch } = observed(async (request) => {
      if (isTokenRequest(request)) return token(name(++state.asked));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
      return state.refuses(request) ? json({ detail: 'no' }, { status: 401 }) : json(confirmed);
    });
    return { didit: createClient({ clientId: 'id', clientSecret: 's', fetch }), state };
  }

  describe.each<[string, (n: number) => string]>([
    ['a new one each time', (n) => `token-${n}`],
    ['the same one each time', () => 'token'],
  ])('%s', (_, name) => {
    test('ends the asking: fifty calls make two token requests', async () => {
      const { didit, state } = service(name);
      const together = Array.from({ length: 25 }, () => rejection(didit.sessions.decision('s-1')));
      const errors = await Promise.all(together);
      for (let n = 0; n < 25; n += 1) errors.push(await rejection(didit.sessions.decision('s-1')));
      for (const error of errors) expect(error).toBeInstanceOf(AuthenticationError);
      expect(new Set(errors).size).toBe(50);
      expect(state.asked).toBe(2);
    });

    test('leads to one more after a pause that grows, and serves when the service is well again', async () => {
      const { didit, state } = service(name);
      await rejection(didit.sessions.decision('s-1'));
      for (const [pauseMs, asked] of [
        [900, 2],
        [200, 3],
        [1_900, 3],
        [200, 4],
      ] as const) {
        vi.advanceTimersByTime(pauseMs);
        for (let n = 0; n < 5; n += 1) await rejection(didit.sessions.decision('s-1'));
        expect(state.asked).toBe(asked);
      }
      vi.advanceTimersByTime(30_000);
      state.refuses = () => false;
      expect((await didit.sessions.decision('s-1')).status).toBe('Confirmed');
    });
  });

  test('by one operation alone keeps serving the others', async () => {
    const { didit, state } = service((n) => `token-${n}`);
    state.refuses = ({ url }) => url.includes('/bad/');
    for (let n = 0; n < 25; n += 1) {
      expect(await rejection(didit.sessions.decision('bad'))).toBeInstanceOf(AuthenticationError);
      expect((await didit.sessions.decision('good')).status).toBe('Confirmed');
    }
    expect(state.asked).toBe(2);
  });
});

test('two clients share nothing', async () => {
  const a = withTokens(() => token('a'));
  const b = withTokens(() => token('b'));
  await a.didit.sessions.decision('s-1');
  await b.didit.sessions.decision('s-1');
  expect([a.asked(), b.asked()]).toEqual([1, 1]);
});

test('an API key is sent as X-Api-Key and asks for no token', async () => {
  const { fetch, requests } = observed(() => json(confirmed));
  await createClient({ apiKey: 'key-1', fetch }).sessions.decision('s-1');
  expect(requests).toHaveLength(1);
  expect(requests[0]?.headers.get('x-api-key')).toBe('key-1');
  expect(requests[0]?.headers.has('authorization')).toBe(false);
});

test('an access token is taken as it is, or from a function at each call', async () => {
  const { fetch, requests } = observed(() => json(confirmed));
  let n = 0;
  const supplied = createClient({ accessToken: async () => `t-${++n}`, fetch });
  await supplied.sessions.decision('s-1');
  await supplied.sessions.decision('s-1');
  await createClient({ accessToken: 'fixed', fetch }).sessions.decision('s-1');
  expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([
    'Bearer t-1',
    'Bearer t-2',
    'Bearer fixed',
  ]);

  const bad = createClient({ accessToken: () => 'topsecret\n', fetch });
  const error = await rejection(bad.sessions.decision('s-1'));
  expect(error).toBeInstanceOf(OptionsError);
  expect(String(error)).not.toContain('topsecret');
});

describe('a 401', () => {
  /** A service that accepts one token at a time, and revokes it on demand. */
  function service() {
    let valid = '';
    const asked = { count: 0 };
    const { fetch, requests } = observed(async (request) => {
      if (isTokenRequest(request)) {
        asked.count += 1;
        valid = `token-${asked.count}`;
        return token(valid);
      }
      // Answers come in an order of their own, as they do from a busy service.
      const presented = bearerOf(request);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      return presented === valid ? json(confirmed) : json({ detail: 'expired' }, { status: 401 });
    });
    const revoke = () => {
      valid = 'nobody has this';
    };
    return { didit: createClient({ clientId: 'id', clientSecret: 's', fetch }), requests, asked, revoke };
  }

  test('is answered with one new token and one replay', async () => {
    const { didit, requests, asked, revoke } = service();
    await didit.sessions.decision('s-1');
    revoke();
    expect((await didit.sessions.decision('s-1')).status).toBe('Confirmed');
    expect(asked.count).toBe(2);
    expect(requests.filter((sent) => !isTokenRequest(sent)).map(bearerOf)).toEqual(['token-1', 'token-1', 'token-2']);
  });

  test('two hundred of them, staggered, make one new token', async () => {
    const { didit, asked, revoke } = service();
    await didit.sessions.decision('s-1');
    revoke();
    const staggered = Array.from({ length: 200 }, async (_, n) => {
      await new Promise((resolve) => setTimeout(resolve, n % 40));
      return didit.sessions.decision('s-1');
    });
    expect((await Promise.all(staggered)).every(({ status }) => status === 'Confirmed')).toBe(true);
    expect(asked.count).toBe(2);
  });

  test('of a POST replays its body', async () => {
    let n = 0;
    const { fetch, requests } = observed((request) => {
      if (isTokenRequest(request)) return token(`token-${++n}`);
      if (bearerOf(request) === 'token-1') return json({ detail: 'expired' }, { status: 401 });
      return json({ session_id: 's', session_token: 't', url: 'u' });
    });
    await createClient({ clientId: 'id', clientSecret: 's', fetch }).sessions.create({ scope: 'email' });
    const bodies = requests.filter((sent) => !isTokenRequest(sent)).map((sent) => sent.json());
    expect(await Promise.all(bodies)).toEqual([{ scope: 'email' }, { scope: 'email' }]);
  });

  test('forever is an AuthenticationError after one replay', async () => {
    let n = 0;
    const { fetch, requests } = observed((request) =>
      isTokenRequest(request) ? token(`token-${++n}`) : json({ detail: 'no' }, { status: 401 }),
    );
    const didit = createClient({ clientId: 'id', clientSecret: 's', fetch });
    expect(await rejection(didit.sessions.decision('s-1'))).toBeInstanceOf(AuthenticationError);
    expect(requests).toHaveLength(4);
  });

  test('is not replayed with the same token', async () => {
    const { fetch, requests } = observed((request) =>
      isTokenRequest(request) ? token('always-the-same') : json({ detail: 'no' }, { status: 401 }),
    );
    const didit = createClient({ clientId: 'id', clientSecret: 's', fetch });
    expect(await rejection(didit.sessions.decision('s-1'))).toBeInstanceOf(AuthenticationError);
    expect(requests.filter((sent) => !isTokenRequest(sent))).toHaveLength(1);
  });

  test('asks a function for another token, and nothing of a fixed one or an API key', async () => {
    const { fetch, requests } = observed((request) =>
      bearerOf(request) === 't-2' ? json(confirmed) : json({ detail: 'no' }, { status: 401 }),
    );
    let n = 0;
    await createClient({ accessToken: () => `t-${++n}`, fetch }).sessions.decision('s-1');
    expect(requests).toHaveLength(2);
    await rejection(createClient({ accessToken: 'fixed', fetch }).sessions.decision('s-1'));
    await rejection(createClient({ apiKey: 'key', fetch }).sessions.decision('s-1'));
    expect(requests).toHaveLength(4);
  });

  test('is not what a 403 is: no new token', async () => {
    const { fetch, requests } = observed((request) =>
      isTokenRequest(request) ? token() : json({ detail: 'no' }, { status: 403 }),
    );
    const didit = createClient({ clientId: 'id', clientSecret: 's', fetch });
    expect(await rejection(didit.sessions.decision('s-1'))).toBeInstanceOf(PermissionDeniedError);
    expect(requests).toHaveLength(2);
  });

  test("of a call with an Authorization of its own is that call's affair", async () => {
    const { fetch, requests } = observed(() => json({ detail: 'no' }, { status: 401 }));
    const didit = createClient({ clientId: 'id', clientSecret: 's', fetch });
    const headers = { Authorization: 'Bearer mine' };
    expect(await rejection(didit.sessions.decision('s-1', { headers }))).toBeInstanceOf(AuthenticationError);
    expect(requests.map(bearerOf)).toEqual(['mine']);
  });
});

test('prewarm obtains the token ahead of the first call', async () => {
  const { didit, asked, requests } = withTokens(() => token());
  await didit.prewarm();
  expect(asked()).toBe(1);
  await didit.sessions.decision('s-1');
  expect(requests).toHaveLength(2);
});

/** A client whose token requests are answered by `answer`, the n-th call counted from 1. */
function withTokens(
  answer: (n: number) => Response | Promise<Response>,
  credentials = { clientId: 'id', clientSecret: 's' },
  options: CommonOptions = {},
) {
  let asked = 0;
  const { fetch, requests } = observed((request) => {
    if (!isTokenRequest(request)) return json(confirmed);
    asked += 1;
    return answer(asked);
  });
  const didit = createClient({ ...credentials, fetch, ...options });
  return { didit, requests, asked: () => asked };
}

function bearerOf(request: Request | undefined) {
  return request?.headers.get('authorization')?.replace('Bearer ', '');
}
