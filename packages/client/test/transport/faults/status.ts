import { expect, test } from 'vitest';
import {
  ApiError,
  AuthenticationError,
  PermissionDeniedError,
  RateLimitError,
  TokenError,
} from '../../../src/index.ts';
import { confirmed } from '../../support/helpers.ts';
import { isToken, sendJson } from '../../support/service.ts';
import { failure, secrets, type Trial } from '../../support/trial.ts';

const operation = 'getSessionDecision';

/** Redirects, refusals and limits. */
export function statusFaults(trial: () => Trial): void {
  /** A server that must never be asked. */
  async function otherHost(): Promise<{ url: string; asked: () => number }> {
    let asked = 0;
    const { url } = await trial().serve((_, response) => {
      asked += 1;
      response.end();
    });
    return { url, asked: () => asked };
  }

  test.each([301, 302, 303, 307, 308])(
    '%i to another host is not followed: no credential goes there',
    async (status) => {
      const other = await otherHost();
      const didit = await trial().against((_, response) => {
        response.writeHead(status, { location: `${other.url}/?t=${secrets.accessToken}` }).end();
      });
      await failure(didit.sessions.decision('s-1'), ApiError, { operation, status });
      expect(other.asked()).toBe(0);
    },
  );

  test('301 of a POST does not make it a GET', async () => {
    const methods: (string | undefined)[] = [];
    const didit = await trial().against((request, response) => {
      methods.push(request.method);
      response.writeHead(301, { location: '/auth/v2/session/' }).end();
    });
    const created = didit.sessions.create({ scope: 'email' });
    await failure(created, ApiError, { operation: 'createSession', status: 301 });
    expect(methods).toEqual(['POST']);
  });

  test('307 of the token request does not send the secret on', async () => {
    const other = await otherHost();
    const { url } = await trial().serve((_, response) => response.writeHead(307, { location: other.url }).end());
    const call = trial().client(url).sessions.decision('s-1');
    await failure(call, TokenError, { operation: 'issueToken', status: 307 });
    expect(other.asked()).toBe(0);
  });

  test('401 forever is an AuthenticationError after one new token', async () => {
    const asked = { token: 0, decision: 0 };
    const { url } = await trial().serve((request, response) => {
      if (isToken(request)) {
        asked.token += 1;
        return sendJson(response, { access_token: `${secrets.accessToken}-${asked.token}`, expires_in: 86_400 });
      }
      asked.decision += 1;
      return sendJson(response, { detail: `Bearer ${secrets.accessToken} of ${secrets.email} is invalid` }, 401);
    });
    const call = trial().client(url, { maxRetries: 2 }).sessions.decision('s-1');
    await failure(call, AuthenticationError, { operation, status: 401 });
    expect(asked).toEqual({ token: 2, decision: 2 });
  });

  test('403 is a PermissionDeniedError immediately', async () => {
    let asked = 0;
    const answer = { detail: `${secrets.email} may not` };
    const didit = await trial().against(
      (_, response) => {
        asked += 1;
        sendJson(response, answer, 403);
      },
      { maxRetries: 2 },
    );
    await failure(didit.sessions.decision('s-1'), PermissionDeniedError, { operation, status: 403 });
    expect(asked).toBe(1);
  });

  test('429 with Retry-After of a day is not slept through', async () => {
    const didit = await trial().against((_, response) => sendJson(response, {}, 429, { 'retry-after': '86400' }), {
      maxRetries: 2,
    });
    const members = { operation, status: 429, retryAfterMs: 86_400_000 };
    await failure(didit.sessions.decision('s-1'), RateLimitError, members);
  });

  test.each(['-1', 'NaN'])('429 with Retry-After of %s says nothing of when', async (value) => {
    const didit = await trial().against((_, response) => sendJson(response, {}, 429, { 'retry-after': value }));
    const error = await failure(didit.sessions.decision('s-1'), RateLimitError, { operation, status: 429 });
    expect(error.retryAfterMs).toBeUndefined();
  });

  test('429 with Retry-After in the past is sent again immediately', async () => {
    let asked = 0;
    const past = new Date(Date.now() - 60_000).toUTCString();
    const didit = await trial().against(
      (_, response) => {
        asked += 1;
        if (asked === 1) sendJson(response, {}, 429, { 'retry-after': past });
        else sendJson(response, confirmed);
      },
      { maxRetries: 1 },
    );
    expect((await didit.sessions.decision('s-1')).status).toBe('Confirmed');
    expect(asked).toBe(2);
  });

  test('103 Early Hints is not taken for the response', async () => {
    const didit = await trial().against((_, response) => {
      response.writeEarlyHints({ link: '</x>; rel=preload' }, () => sendJson(response, confirmed));
    });
    expect(await didit.sessions.decision('s-1')).toEqual(confirmed);
  });
}
