import { describe, expect, test } from 'vitest';
import { createClient, type DiditClient, type DiditDataError, OptionsError, TokenError } from '../src/index.ts';
import { clientAnswering, isTokenRequest, json, observed, rejection } from './support/helpers.ts';

const params = { path: { session_id: 's-1' } };
const path = '/auth/v2/session/{session_id}/decision/';

test.each([new OptionsError('mine'), new TokenError('mine', {})])(
  'the reason of an abort stays as it is: %s',
  async (reason) => {
    const { stack } = reason;
    const didit = clientAnswering(() => new Promise(() => {}));
    for (const call of [
      (signal: AbortSignal) => didit.sessions.decision('s-1', { signal }),
      (signal: AbortSignal) => didit.raw.GET(path, { params, signal }),
    ]) {
      const controller = new AbortController();
      const failed = rejection(call(controller.signal));
      setTimeout(() => controller.abort(reason), 5);
      expect(await failed).toBe(reason);
      expect(reason.stack).toBe(stack);
    }
  },
);

describe.each<[string, () => Response | Promise<Response>]>([
  ['is refused', () => json({ error: 'invalid_client', error_description: 'Unknown.' }, { status: 401 })],
  ['gets no response', () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNRESET' }))],
  ['takes too long', () => new Promise(() => {})],
  ['gets a page', () => new Response('<title>Sign in</title>')],
])('when the token request that many wait for %s', (_, answer) => {
  const client = (): DiditClient & { readonly asked: () => number } => {
    const { fetch, requests } = observed((request) => (isTokenRequest(request) ? answer() : json({})));
    const didit = createClient({ clientId: 'id', clientSecret: 'secret-1', fetch, maxRetries: 0, timeoutMs: 20 });
    return Object.assign(didit, { asked: () => requests.length });
  };

  test('each has an error of its own, whose stack names its caller', async () => {
    const didit = client();
    const callers = {
      async creating() {
        await didit.sessions.create({ scope: 'names' });
      },
      async deciding() {
        await didit.sessions.decision('s-1');
      },
      async decidingAgain() {
        await didit.sessions.decision('s-2');
      },
      async askingForStatus() {
        await didit.sessions.status({ session_id: 's-1', session_token: 'st-1' });
      },
      async callingRaw() {
        await didit.raw.GET(path, { params });
      },
      async prewarming() {
        await didit.prewarm();
      },
      async prewarmingAgain() {
        await didit.prewarm();
      },
    };
    const names = Object.keys(callers);
    const errors = (await Promise.all(Object.values(callers).map((call) => rejection(call())))) as DiditDataError[];
    expect(didit.asked()).toBe(1);
    expect(new Set(errors).size).toBe(names.length);
    for (const [index, error] of errors.entries()) {
      const stack = String(error.stack);
      expect(stack.split('\n')[0]).toBe(`${error.name}: ${error.message}`);
      expect(stack).toContain(names[index]);
      for (const other of names.filter((name) => name !== names[index]))
        expect(stack).not.toMatch(new RegExp(`\\b${other}\\b`));
      expect(error.operation).toBe('issueToken');
      expect({ ...error }).toEqual({ ...errors[0] });
      expect(error.constructor).toBe(errors[0]?.constructor);
      expect(error.cause).toBe(errors[0]?.cause);
      expect((error as { body?: unknown }).body).toBe((errors[0] as { body?: unknown }).body);
    }
  });
});

describe('the stack names the caller of', () => {
  test.each<[string, () => Response | Promise<Response>]>([
    ['a lost connection', () => Promise.reject(new TypeError('fetch failed'))],
    ['a time limit', () => new Promise(() => {})],
    ['a page', () => new Response('<title>Sign in</title>')],
    ['a broken contract', () => json({ status: 5 })],
  ])('raw, at %s', async (_, answer) => {
    const didit = clientAnswering(answer, { timeoutMs: 20 });
    async function mine() {
      return await didit.raw.GET(path, { params });
    }
    const error = (await rejection(mine())) as Error;
    const [header, ...frames] = error.stack?.split('\n    at ') ?? [];
    expect(header).toBe(`${error.name}: ${error.message}`);
    expect(frames.join()).toContain('mine');
  });

  test('decisions, in each result and in what ends it', async () => {
    const answers = [json({}, { status: 404 }), json({}, { status: 500 }), json({}, { status: 401 })];
    const didit = clientAnswering(() => answers.shift() ?? json({}, { status: 401 }));
    function theNightlyJob() {
      return didit.sessions.decisions(['a', 'b', 'c'], { concurrency: 1 });
    }
    const errors: Error[] = [];
    const ended = (async () => {
      for await (const { error } of theNightlyJob()) if (error) errors.push(error);
    })();
    errors.push((await rejection(ended)) as Error);
    expect(errors.map(({ name }) => name)).toEqual(['NotFoundError', 'ServerError', 'AuthenticationError']);
    for (const { name, message, stack } of errors) {
      expect(stack?.split('\n')[0]).toBe(`${name}: ${message}`);
      expect(stack).toContain('theNightlyJob');
    }
  });

  test('calls that nobody waits for yet, each by its own line', async () => {
    const didit = clientAnswering(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return json({}, { status: 500 });
    });
    const linesOf = (errors: readonly unknown[]) =>
      errors.map((error) => /callers\.test\.ts:(\d+)/.exec(String((error as Error).stack))?.[1]);
    const pending = [
      didit.sessions.decision('s-1'),
      didit.sessions.decision('s-2'),
      didit.sessions.create({ scope: 'names' }),
      didit.sessions.waitForDecision({ session_id: 's-1', session_token: 'st-1' }, { timeoutMs: 20 }),
    ];
    const errors: unknown[] = [];
    for (const each of pending) void each.catch((error: unknown) => errors.push(error));
    await expect.poll(() => errors.length).toBe(pending.length);
    expect(new Set(linesOf(errors)).size).toBe(pending.length);
    expect(linesOf(errors)).not.toContain(undefined);
  });
});
